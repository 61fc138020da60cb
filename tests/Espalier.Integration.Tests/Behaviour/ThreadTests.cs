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

    private static void Check<TModel>()
        where TModel : IModel<TModel>
    {
        var random = new RandomWeights(3);
        var model = TModel.Create(random.For(TModel.Description));
        var inputs = Enumerable.Range(0, 16).Select(_ => random.Inputs(TModel.Description.Inputs, extreme: false)).ToArray();
        var expected = inputs.Select(input => Predict(model, input)).ToArray();
        using var start = new Barrier(16);
        var wrong = 0;
        var threads = Enumerable.Range(0, 16).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            for (var round = 0; round < 200; round++)
            {
                var which = (i + round) % 16;
                if (!Predict(model, inputs[which]).AsSpan().SequenceEqual(expected[which]))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        })).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

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
