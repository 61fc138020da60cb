using System.Reflection;
using System.Runtime.CompilerServices;
using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Threads;

/// <summary>Models on several threads give the bits that they give on one, floats too: each output is summed by one thread, in the same order.</summary>
public class ThreadedModelTests
{
    private static readonly Lazy<ModelWeights> s_weights = new(() => new RandomWeights(11).For(LargeNet.Description));

    internal static ModelWeights Weights => s_weights.Value;

    [Fact]
    public void EveryTierGivesTheSameBitsOnAnyNumberOfThreads()
    {
        foreach (var tier in Tiers.Supported)
        {
            var one = new LargeNet(Weights, tier);
            foreach (var threads in new[] { 2, 3, 4, 200 })
            {
                var several = new LargeNet(Weights, tier, threads);
                for (var sample = 0; sample < 3; sample++)
                {
                    var input = new RandomWeights(sample).Inputs(LargeNet.Inputs, extreme: sample == 2);
                    Assert.Equal(Predict(one, input), Predict(several, input));
                }
            }
        }
    }

    [Fact]
    public void BatchesGiveTheSameBitsOnAnyNumberOfThreads()
    {
        Check<AllThreeNet>();
        Check<GridNet>();
        Check<MixedNet>();
        Check<PlainNet>();
        Check<PrunedNet>();
        Check<WideFloatNet>();

        static void Check<TModel>()
            where TModel : IModel<TModel>
        {
            var random = new RandomWeights(4);
            var weights = random.For(TModel.Description);
            foreach (var tier in Tiers.Supported)
            {
                var (one, several) = (new BatchPredictor(TModel.Create(weights, tier)), new BatchPredictor(TModel.Create(weights, tier, 3)));
                foreach (var samples in new[] { 1, 65, 130, 1000 })
                {
                    var inputs = random.Inputs(samples * TModel.Description.Inputs, extreme: false);
                    var (expected, actual) = (new float[samples * TModel.Description.Outputs], new float[samples * TModel.Description.Outputs]);
                    one.Predict(inputs, expected);
                    several.Predict(inputs, actual);
                    Assert.True(expected.AsSpan().SequenceEqual(actual), $"{TModel.Description.Name} on {tier}, {samples} samples");
                    var bytes = random.Bytes(inputs.Length);
                    one.Predict(bytes, expected);
                    several.Predict(bytes, actual);
                    Assert.True(expected.AsSpan().SequenceEqual(actual), $"{TModel.Description.Name} on {tier}, {samples} samples of bytes");
                }
            }
        }
    }

    // Whole blocks alone: samples beyond them would be predicted one by one, and their layers shared. 150 are three blocks on most tiers.
    [Theory]
    [InlineData(128)]
    [InlineData(150)]
    public void LargeBatchesGiveTheSameBitsOnAnyNumberOfThreads(int samples)
    {
        var inputs = new RandomWeights(1).Inputs(samples * LargeNet.Inputs, extreme: false);
        var (expected, actual) = (new float[samples * LargeNet.Outputs], new float[samples * LargeNet.Outputs]);
        new LargeNet(Weights).PredictBatch(inputs, expected);
        new LargeNet(Weights, threads: 2).PredictBatch(inputs, actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void SeveralCallersOfOneModelGetTheirOwnAnswers()
    {
        var model = new LargeNet(Weights, threads: 4);
        var inputs = Enumerable.Range(0, 4).Select(i => new RandomWeights(i).Inputs(LargeNet.Inputs, extreme: false)).ToArray();
        var one = new LargeNet(Weights);
        var expected = inputs.Select(input => Predict(one, input)).ToArray();
        Assert.Equal(0, Callers.CountWrong(4, 100, (caller, _) => Predict(model, inputs[caller]).AsSpan().SequenceEqual(expected[caller])));
    }

    [Fact]
    public void ThePoolKeepsNoModelAlive()
    {
        var used = Used();
        for (var i = 0; i < 20 && used.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(50);
        }

        Assert.False(used.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Used()
        {
            var model = new LargeNet(Weights, threads: 2);
            _ = Predict(model, new float[LargeNet.Inputs]);
            return new WeakReference(ThreadedLayersOf(model));
        }
    }

    [Fact]
    public void ShortLayersStayOnTheCallersThread()
    {
        var weights = new RandomWeights(1).For(AllThreeNet.Description);
        Assert.Null(ThreadedLayersOf(new AllThreeNet(weights, threads: 4)));
        Assert.Null(ThreadedLayersOf(new LargeNet(Weights)));
        Assert.NotNull(ThreadedLayersOf(new LargeNet(Weights, threads: 4)));
    }

    [Fact]
    public void OneThreadUnlessSaidAndNeverFewer()
    {
        var weights = new RandomWeights(1).For(AllThreeNet.Description);
        Assert.Equal(1, new AllThreeNet(weights).Threads);
        Assert.Equal(3, new AllThreeNet(weights, threads: 3).Threads);
        Assert.Equal(2, new AllThree(weights, "0/AllThree", threads: 2).Threads);
        foreach (var threads in new[] { 0, -1, int.MinValue })
        {
            Assert.Contains("Environment.ProcessorCount", Assert.Throws<ArgumentOutOfRangeException>(() => new AllThreeNet(weights, threads: threads)).Message);
            Assert.Throws<ArgumentOutOfRangeException>(() => new AllThreeNet(threads));
            Assert.Throws<ArgumentOutOfRangeException>(() => new AllThree(weights, "0/AllThree", threads: threads));
        }
    }

    private static object? ThreadedLayersOf(object model) => model.GetType().GetField("_threaded", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(model);

    private static float[] Predict(LargeNet model, float[] input)
    {
        var output = new float[LargeNet.Outputs];
        model.Predict(input, output);
        return output;
    }
}
