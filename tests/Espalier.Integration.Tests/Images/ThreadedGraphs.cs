using System.Reflection;
using Espalier.Integration.Tests.Compilations;
using Espalier.Kernels;

namespace Espalier.Integration.Tests.Images;

/// <summary>Networks of images on several threads, every layer of which is cut, however short it is.</summary>
internal static class ThreadedGraphs
{
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
}
