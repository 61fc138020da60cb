using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Threads;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>Networks of images give the same bits on any number of threads, floats too, and to any number of callers.</summary>
public class ThreadedGraphTests
{
    [Fact]
    public void Floats() => Check(7000, _ => Precision.Fp32, floats: true);

    [Fact]
    public void Integers() => Check(7100, _ => Precision.Int8, floats: false);

    [Fact]
    public void Mixed() => Check(7200, random => random.Next(2) == 0 ? Precision.Fp32 : Precision.Int8, floats: true);

    [Fact]
    public void PrunedAndMixed() => Check(7300, random => random.Next(2) == 0 ? Precision.Fp32 : Precision.Int8, floats: true, sparsity: 0.9);

    [Fact]
    public void BatchesGiveTheSameBitsOnAnyNumberOfThreads()
    {
        foreach (var (model, weights, random) in ThreadedGraphs.EveryLayout)
        {
            var one = new BatchPredictor(model.Create(weights, InstructionTiers.Best));
            var several = new[] { 2, 3, 5 }.Select(threads => new BatchPredictor(ThreadedGraphs.Create(model, weights, InstructionTiers.Best, threads))).ToArray();
            foreach (var samples in new[] { 0, 1, 2, 7, 30 })
            {
                var (expected, actual) = (new float[samples * model.Description.Outputs], new float[samples * model.Description.Outputs]);
                var floats = random.Inputs(samples * model.Description.Inputs);
                one.Predict(floats, expected);
                foreach (var predictor in several)
                {
                    predictor.Predict(floats, actual);
                    Assert.Equal(expected, actual);
                }

                var bytes = random.Bytes(floats.Length);
                one.Predict(bytes, expected);
                foreach (var predictor in several)
                {
                    predictor.Predict(bytes, actual);
                    Assert.Equal(expected, actual);
                }
            }
        }
    }

    [Fact]
    public void SeveralCallersOfOneModelGetTheirOwnAnswers()
    {
        foreach (var (model, weights, random) in ThreadedGraphs.EveryLayout)
        {
            var one = model.Create(weights, InstructionTiers.Best);
            var several = ThreadedGraphs.Create(model, weights, InstructionTiers.Best, 3);
            var inputs = Enumerable.Range(0, 4).Select(_ => random.Inputs(model.Description.Inputs)).ToArray();
            var expected = inputs.Select(input => ThreadedGraphs.Predict(one, input, model.Description.Outputs)).ToArray();
            Assert.Equal(0, Callers.CountWrong(4, 50, (caller, round) =>
            {
                var which = (caller + round) % inputs.Length;
                return ThreadedGraphs.Predict(several, inputs[which], model.Description.Outputs).AsSpan().SequenceEqual(expected[which]);
            }));
        }
    }

    [Fact]
    public void OneThreadUnlessSaidAndNeverFewer()
    {
        var (model, weights, _) = ThreadedGraphs.EveryLayout[0];
        Assert.Equal(1, ThreadsOf(model.Create(weights, InstructionTiers.Best)));
        Assert.Equal(3, ThreadsOf(model.CreateOnThreads(weights, InstructionTiers.Best, 3)));
        foreach (var threads in new[] { 0, -1 })
        {
            Assert.Contains("Environment.ProcessorCount", Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateOnThreads(weights, InstructionTiers.Best, threads)).Message);
        }

        static int ThreadsOf(IPredictor predictor) => (int)predictor.GetType().GetProperty("Threads")!.GetValue(predictor)!;
    }

    private static void Check(int first, Func<Random, Precision> precision, bool floats, double sparsity = 0)
    {
        var seeds = Enumerable.Range(first, Effort.Of(8)).ToArray();
        var models = seeds.Select(seed => RandomGraphTests.Pruned(RandomGraph.Of($"Tests.Threaded.Graph{seed}", seed, precision, floats), sparsity)).ToArray();
        var compiled = GraphCompiler.Compile(models);
        for (var i = 0; i < models.Length; i++)
        {
            var random = new GraphWeights(seeds[i]) { Density = 1 - sparsity };
            var weights = random.For(models[i]);
            var inputs = new[] { random.Inputs(models[i].Inputs), random.Inputs(models[i].Inputs) };
            foreach (var tier in Tiers.Supported)
            {
                var one = compiled[i].Model.Create(weights, tier);
                foreach (var threads in new[] { 2, 3, 5 })
                {
                    var several = ThreadedGraphs.Create(compiled[i].Model, weights, tier, threads);
                    foreach (var input in inputs)
                    {
                        var (expected, actual) = (ThreadedGraphs.Predict(one, input, models[i].Outputs), ThreadedGraphs.Predict(several, input, models[i].Outputs));
                        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{models[i].Name} on {tier} gives other numbers on {threads} threads than on one");
                    }
                }
            }
        }
    }
}
