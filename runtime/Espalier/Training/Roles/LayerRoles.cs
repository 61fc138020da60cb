using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// What training does with the precisions of a layer's inputs, outputs and gradients. Floats of 16 bits hold throughout. Integers hold where the layer has no master
/// weights, on a grid for each batch whose step is a power of two; with master weights integer activations are a matter of calibration and what follows it.
/// </summary>
internal sealed class LayerRoles
{
    private readonly NumberRole? _inputs;
    private readonly NumberRole? _outputs;
    private readonly NumberRole? _gradients;

    private LayerRoles()
    {
    }

    public LayerRoles(LayerDescription layer, RandomDraw draw, RandomNumbers seeds)
    {
        var quantization = layer.Quantization;

        // Inference rounds activations to nearest, and so must training; gradients are added up over steps, where what nearest rounding loses would be lost for good.
        _inputs = Activations(quantization.Inputs);
        _outputs = Activations(quantization.Outputs);
        _gradients = NumberRoles.For(quantization.Gradients, Rounding.Stochastic, draw, seeds);

        NumberRole? Activations(Precision precision) =>
            quantization.MasterWeights && precision is not (Precision.Fp16 or Precision.Bf16) ? null : NumberRoles.For(precision, Rounding.Nearest, draw, seeds);
    }

    /// <summary>Of layers that move numbers: they leave them as they are.</summary>
    public static LayerRoles None { get; } = new();

    /// <summary>Whether what enters is rounded.</summary>
    public bool RoundsInputs => _inputs is not null;

    /// <summary>Whether gradients are rounded.</summary>
    public bool RoundsGradients => _gradients is not null;

    /// <summary>Rounds what enters the layer.</summary>
    public void RoundInputs(Span<float> values) => _inputs?.Round(values);

    /// <summary>Rounds what leaves the layer. Integers leave only for a layer that takes them: the last one's scores are floats, as those of compiled kernels.</summary>
    public void RoundOutputs(Span<float> values, bool last)
    {
        if (!last || _outputs is FormatRole)
        {
            _outputs?.Round(values);
        }
    }

    /// <summary>Rounds gradients of sums, of weights or of biases.</summary>
    public void RoundGradients(Span<float> values) => _gradients?.Round(values);

    /// <summary>Saves where random numbers stand, or goes there.</summary>
    public void Visit(StateStream state) => _gradients?.Visit(state);
}
