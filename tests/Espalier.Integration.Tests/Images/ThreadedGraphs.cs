using System.Reflection;
using Espalier.Integration.Tests.Compilations;
using Espalier.Kernels;
using Espalier.Tests.Harness;

namespace Espalier.Integration.Tests.Images;

/// <summary>Networks of images on several threads, every layer of which is cut, however short it is.</summary>
internal static class ThreadedGraphs
{
    private static readonly Lazy<(CompiledModel Model, ModelWeights Weights, GraphWeights Random)[]> s_everyLayout = new(Several);

    /// <summary>A network in every layout, compiled once for all tests: they pack models of their own.</summary>
    public static (CompiledModel Model, ModelWeights Weights, GraphWeights Random)[] EveryLayout => s_everyLayout.Value;

    public static IPredictor Create(CompiledModel model, ModelWeights weights, InstructionTier tier, int threads)
    {
        var predictor = model.CreateOnThreads(weights, tier, threads);
        var field = predictor.GetType().GetField("_threaded", BindingFlags.Instance | BindingFlags.NonPublic)!;
        field.SetValue(predictor, ((ThreadedLayers)field.GetValue(predictor)!).WithLeast(0));
        return predictor;
    }

    public static float[] Predict(IPredictor predictor, float[] input, int outputs)
    {
        var output = new float[outputs];
        predictor.Predict(input, output);
        return output;
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
