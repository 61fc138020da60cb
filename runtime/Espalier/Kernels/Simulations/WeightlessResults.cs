using System;

namespace Espalier.Kernels;

/// <summary>The activation of layers without weights: any on floats, the rectifier on codes.</summary>
internal static class WeightlessResults
{
    /// <summary>Applies the layer's activation in place.</summary>
    public static SimulatedTensor Activate(SimulatedStep step, SimulatedTensor result)
    {
        if (result.Floats is { } floats)
        {
            Activations.Apply(step.Weights.Layer.Activation, floats);
        }
        else if (step.Weights.Layer.Activation == Activation.Relu)
        {
            foreach (ref var code in result.Codes.AsSpan())
            {
                code = Math.Max(code, result.Grid!.Value.ZeroPoint);
            }
        }

        return result;
    }
}
