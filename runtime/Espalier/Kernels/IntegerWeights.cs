using System;

namespace Espalier.Kernels;

/// <summary>Turns weights of the wrong kind away with a sentence that says what to do.</summary>
internal static class IntegerWeights
{
    public static IntegerLayerWeights Of(LayerWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return weights as IntegerLayerWeights
            ?? throw new ArgumentException($"Layer {weights.Layer.Path} runs an integer kernel, but was given fp32 weights. Train the annotated model again.", nameof(weights));
    }

    public static FloatLayerWeights FloatsOf(LayerWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return weights as FloatLayerWeights
            ?? throw new ArgumentException($"Layer {weights.Layer.Path} runs an fp32 kernel, but was given integer weights. Train the annotated model again.", nameof(weights));
    }
}
