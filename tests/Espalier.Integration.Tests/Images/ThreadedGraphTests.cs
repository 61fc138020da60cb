using Espalier.Integration.Tests.Compilations;
using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Threads;
using Espalier.Kernels;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>Networks of images give the same bits on any number of threads, floats too, to any number of callers, and allocate nothing.</summary>
public class ThreadedGraphTests
{
    /// <summary>Compiled once for all tests: they pack models of their own.</summary>
    private static readonly Lazy<(CompiledModel Model, ModelWeights Weights, GraphWeights Random)[]> s_several = new(Several);

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
        foreach (var (model, weights, random) in s_several.Value)
        {
            var one = new BatchPredictor(model.Create(weights, InstructionTiers.Best));
            foreach (var threads in new[] { 2, 3, 5 })
            {
                var several = new BatchPredictor(ThreadedGraphs.Create(model, weights, InstructionTiers.Best, threads));
                foreach (var samples in new[] { 0, 1, 2, 7, 30 })
                {
                    var (expected, actual) = (new float[samples * model.Description.Outputs], new float[samples * model.Description.Outputs]);
                    var floats = random.Inputs(samples * model.Description.Inputs);
                    one.Predict(floats, expected);
                    several.Predict(floats, actual);
                    Assert.Equal(expected, actual);
                    var bytes = random.Bytes(floats.Length);
                    one.Predict(bytes, expected);
                    several.Predict(bytes, actual);
                    Assert.Equal(expected, actual);
                }
            }
        }
    }

    [Fact]
    public void LargeBatchesAreDealtOut()
    {
        var (model, weights, random) = s_several.Value[0];
        var several = new BatchPredictor(model.CreateOnThreads(weights, InstructionTiers.Best, 2));
        var inputs = random.Inputs(400 * model.Description.Inputs);
        var jobs = WorkerPool.Shared.Job;
        several.Predict(inputs, new float[400 * model.Description.Outputs]);
        Assert.NotEqual(jobs, WorkerPool.Shared.Job);
    }

    [Fact]
    public void SeveralCallersOfOneModelGetTheirOwnAnswers()
    {
        foreach (var (model, weights, random) in s_several.Value)
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
    public void NothingIsAllocated()
    {
        foreach (var (model, weights, random) in s_several.Value)
        {
            var several = ThreadedGraphs.Create(model, weights, InstructionTiers.Best, 2);
            var batches = new BatchPredictor(several);
            var (inputs, outputs) = (random.Inputs(5 * model.Description.Inputs), new float[5 * model.Description.Outputs]);
            var least = long.MaxValue;
            for (var round = 0; round < 20 && least > 0; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 10; i++)
                {
                    several.Predict(inputs.AsSpan(0, model.Description.Inputs), outputs.AsSpan(0, model.Description.Outputs));
                    batches.Predict(inputs, outputs);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
        }
    }

    [Fact]
    public void OneThreadUnlessSaidAndNeverFewer()
    {
        var (model, weights, _) = s_several.Value[0];
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

    /// <summary>A network in every layout: dense floats and codes with borders, sums and Winograd, and pruned ones.</summary>
    private static (CompiledModel Model, ModelWeights Weights, GraphWeights Random)[] Several()
    {
        var models = new[] { Precision.Fp32, Precision.Int8 }.SelectMany(precision => new[] { 0, 0.9 }.Select(sparsity => Network(precision, sparsity))).ToArray();
        return [.. GraphCompiler.Compile(models).Select((compiled, i) =>
        {
            var random = new GraphWeights(i) { Density = i % 2 == 0 ? 1 : 0.1 };
            return (compiled.Model, random.For(models[i]), random);
        })];
    }

    private static ModelDescription Network(Precision precision, double sparsity)
    {
        var graph = new GraphModels(new ImageShape(3, 21, 19));
        graph.Conv(64, 3, stride: 2, padding: 1, precision: precision, activation: Activation.Relu);
        var entry = graph.MaxPool(3, 1, 1);
        graph.Conv(32, 3, padding: 1, precision: precision, activation: Activation.Relu);
        var body = graph.Conv(64, 3, padding: 1, precision: precision);
        graph.Sum(body, entry, Activation.Relu);
        graph.Conv(80, 1, precision: precision, activation: Activation.Tanh);
        graph.GlobalAverage();
        graph.Dense(70, precision: precision, activation: Activation.Softmax);
        return RandomGraphTests.Pruned(graph.Model($"Tests.Threaded.{precision}{(sparsity > 0 ? "Pruned" : "")}"), sparsity);
    }
}
