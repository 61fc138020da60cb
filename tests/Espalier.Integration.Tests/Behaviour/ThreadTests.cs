using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

public class ThreadTests
{
    [Fact]
    public void SixteenThreadsAtOnceGiveTheSameAnswersAsOne()
    {
        Check<AllThreeNet>();
        Check<MixedNet>();

        // Scratch from the shared pool: the case that could mix two callers' numbers up.
        Check<WideNet>();
    }

    [Fact]
    public void EightThreadsAtOnceGetTheSameBatchesAsOne()
    {
        CheckBatches<AllThreeNet>();
        CheckBatches<MixedNet>();
        CheckBatches<PlainNet>();
    }

    /// <summary>The threads start on a new model, so that they also meet while its tables are made.</summary>
    private static void CheckBatches<TModel>()
        where TModel : IModel<TModel>
    {
        var random = new RandomWeights(5);
        var weights = random.For(TModel.Description);
        var inputs = Enumerable.Range(0, 8).Select(i => random.Inputs((40 + (11 * i)) * TModel.Description.Inputs, extreme: false)).ToArray();
        var alone = new BatchPredictor(TModel.Create(weights));
        var expected = inputs.Select(input => Batch<TModel>(alone, input)).ToArray();
        for (var round = 0; round < 20; round++)
        {
            var shared = new BatchPredictor(TModel.Create(weights));
            var wrong = 0;
            RunTogether(8, i =>
            {
                for (var turn = 0; turn < 10; turn++)
                {
                    var which = (i + turn) % 8;
                    if (!Batch<TModel>(shared, inputs[which]).AsSpan().SequenceEqual(expected[which]))
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }
            });
            Assert.Equal(0, wrong);
        }
    }

    private static float[] Batch<TModel>(BatchPredictor model, float[] inputs)
        where TModel : IModel<TModel>
    {
        var outputs = new float[inputs.Length / TModel.Description.Inputs * TModel.Description.Outputs];
        model.Predict(inputs, outputs);
        return outputs;
    }

    private static void RunTogether(int count, Action<int> work)
    {
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            work(i);
        })).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }
    }

    private static void Check<TModel>()
        where TModel : IModel<TModel>
    {
        var random = new RandomWeights(3);
        var model = TModel.Create(random.For(TModel.Description));
        var inputs = Enumerable.Range(0, 16).Select(_ => random.Inputs(TModel.Description.Inputs, extreme: false)).ToArray();
        var expected = inputs.Select(input => Predict(model, input)).ToArray();
        var wrong = 0;
        RunTogether(16, i =>
        {
            for (var round = 0; round < 200; round++)
            {
                var which = (i + round) % 16;
                if (!Predict(model, inputs[which]).AsSpan().SequenceEqual(expected[which]))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        });
        Assert.Equal(0, wrong);
    }

    private static float[] Predict<TModel>(TModel model, float[] input)
        where TModel : IModel<TModel>
    {
        var output = new float[TModel.Description.Outputs];
        model.Predict(input, output);
        return output;
    }
}
