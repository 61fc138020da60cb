using System.Runtime.Intrinsics;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Gradients of convolutions by the numbers that a max pool took; their slopes are held against the loss in <see cref="GraphGradientTests"/>.</summary>
public class WinnerProductTests
{
    private const int Samples = 19;

    /// <summary>Segments, and floats of one: every number of vectors of each width, and of segments that are taken at once.</summary>
    public static TheoryData<int, int> Lines
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var length in Enumerable.Range(1, 26).Select(i => (8 * i) - (i % 5)))
            {
                data.Add((length % 7) + 1, length);
            }

            data.Add(5, 5);
            data.Add(11, 33);
            data.Add(3, 9);
            return data;
        }
    }

    [Theory, MemberData(nameof(Lines))]
    public void EveryWidthOfVectorsGivesTheBitsOfTheScalarTwin(int segments, int length)
    {
        const int lineCount = 9;
        var random = new Random(length);
        var (lineSegment, sumSegment) = (length + 3, length + LineProduct.Slack);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        var lines = Numbers((lineCount * segments * lineSegment) + LineProduct.Slack);
        var sums = Numbers(segments * sumSegment);
        int[] positions = [.. Enumerable.Range(0, 13).Select(_ => random.Next(lineCount) * segments * lineSegment)];
        var values = Numbers(positions.Length);
        var expected = sums.ToArray();
        for (var at = 0; at < segments * length; at++)
        {
            ref var sum = ref expected[(at / length * sumSegment) + (at % length)];
            for (var n = 0; n < positions.Length; n++)
            {
                var number = lines[positions[n] + (at / length * lineSegment) + (at % length)];
                sum = Vector128.MultiplyAddEstimate(Vector128.CreateScalar(values[n]), Vector128.CreateScalar(number), Vector128.CreateScalar(sum)).ToScalar();
            }
        }

        Check("the processor's", (float[] to) => LineProduct.Add(positions, values, ref lines[0], lineSegment, ref to[0], sumSegment, segments, length));
        Check("128 bits", (float[] to) => LineProduct.Add<Vector128<float>, Lanes128>(new LineProduct.Terms(ref positions[0], ref values[0], positions.Length), ref lines[0], lineSegment, ref to[0], sumSegment, segments, length));
        Check("256 bits", (float[] to) => LineProduct.Add<Vector256<float>, Lanes256>(new LineProduct.Terms(ref positions[0], ref values[0], positions.Length), ref lines[0], lineSegment, ref to[0], sumSegment, segments, length));
        Check("512 bits", (float[] to) => LineProduct.Add<Vector512<float>, Lanes512>(new LineProduct.Terms(ref positions[0], ref values[0], positions.Length), ref lines[0], lineSegment, ref to[0], sumSegment, segments, length));

        void Check(string width, Action<float[]> add)
        {
            var actual = sums.ToArray();
            add(actual);
            for (var at = 0; at < segments * length; at++)
            {
                var place = (at / length * sumSegment) + (at % length);
                Assert.True(BitConverter.SingleToInt32Bits(expected[place]) == BitConverter.SingleToInt32Bits(actual[place]), $"{width}, number {at}: {actual[place]} in place of {expected[place]}");
            }
        }
    }

    [Fact]
    public void AnyNumberOfThreadsGivesTheSameGradients()
    {
        var model = Model();
        var expected = Gradients(1);
        foreach (var threads in new[] { 2, 3, 8 })
        {
            Assert.Equal(expected, Gradients(threads));
        }

        float[][] Gradients(int threads)
        {
            var network = TrainingSteps.Begin(model, Samples, new Sgd(), 3);
            foreach (var layer in network.Layers)
            {
                layer.Products = new ThreadedProduct(threads);
            }

            TrainingSteps.Gradients(network, Numbers(model));
            return [.. network.Weighted.Select(layer => layer.WeightGradients.ToArray()), .. network.Weighted.Select(layer => layer.BiasGradients.ToArray())];
        }
    }

    [Fact]
    public void StepsAllocateNothingOnceTheyHaveBegun()
    {
        var model = Model();
        var samples = Numbers(model);
        var network = TrainingSteps.Begin(model, Samples, new Sgd(), 3);
        var least = long.MaxValue;
        for (var step = 0; step < 6; step++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            network.Forward(Samples, learns: true);
            network.Backward(samples.Labels, 1);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static ModelDescription Model() => new GraphBuilder(3, 14, 13).Conv(10, 3, padding: 1, activation: Activation.Relu).MaxPool(2, 2).Conv(9, 2).MaxPool(3, 2).Dense(3).Model;

    private static LabelledSamples Numbers(ModelDescription model)
    {
        var random = new Random(5);
        return new LabelledSamples([.. Enumerable.Range(0, Samples * model.Inputs).Select(_ => random.NextSingle() - 0.3f)], [.. Enumerable.Range(0, Samples).Select(i => i % 3)], model.Inputs);
    }
}
