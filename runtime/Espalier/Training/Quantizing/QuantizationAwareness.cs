using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Kernels;

namespace Espalier;

/// <summary>
/// Quantization-aware training with a straight-through estimator (Bengio et al., 2013; Jacob et al., 2018): in a pass, weights and what enters
/// integer layers take the values of their grids; gradients go on as if nothing had been rounded, and stop where an activation
/// was clamped. The weights themselves stay in full precision, under their masks and codebooks.
/// </summary>
internal sealed class QuantizationAwareness
{
    private readonly NetworkTraining _network;
    private readonly RoundedWeights?[] _weights;

    /// <summary>For each activation that enters a layer 1, or 0 where it was clamped.</summary>
    private readonly float[]?[] _passed;

    /// <param name="network">The network whose passes this will round.</param>
    /// <param name="grids">The grids of its activations; they stay as they are.</param>
    public QuantizationAwareness(NetworkTraining network, ActivationGrids grids)
    {
        (_network, Grids) = (network, grids);

        // Without master weights the weights are on a grid already.
        _weights = [.. network.Layers.Select(layer => layer.Layer.IsInteger && layer.Layer.Quantization.MasterWeights ? new RoundedWeights((WeightedTraining)layer) : null)];
        _passed = [.. network.Layers.Select(layer => layer.Layer.IsInteger ? new float[network.Batch * layer.InputStride] : null)];
    }

    public ActivationGrids Grids { get; }

    /// <summary>Whether what enters a layer is rounded.</summary>
    public bool Rounds(int layer) => Grids.Inputs[layer] is not null;

    /// <summary>The validation accuracy of the compiled kernels of the weights as they are.</summary>
    public double Accuracy(LabelledSamples validation)
    {
        RestoreWeights();
        return BatchSimulation.Accuracy(ModelQuantizer.Quantize(_network, Grids), validation);
    }

    /// <summary>Puts the weights of a pass in place.</summary>
    public void RoundWeights()
    {
        foreach (var weights in _weights)
        {
            weights?.Put();
        }
    }

    /// <summary>Puts the trained weights back, for the update.</summary>
    public void RestoreWeights()
    {
        foreach (var weights in _weights)
        {
            weights?.Restore();
        }
    }

    /// <summary>Rounds what enters a layer, rows with their padding, and notes what was clamped.</summary>
    public void RoundActivations(int layer, Span<float> values)
    {
        if (Grids.Inputs[layer] is not { } grid)
        {
            return;
        }

        var passed = _passed[layer].AsSpan(0, values.Length);
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var pass = ref MemoryMarshal.GetReference(passed);
        var (scale, inverse) = (Vector512.Create(grid.Scale), Vector512.Create(1 / grid.Scale));
        var (bottom, top) = (Vector512.Create(-(float)grid.ZeroPoint), Vector512.Create((float)(grid.Top - grid.ZeroPoint)));
        var half = Vector512.Create(0.5f);

        // Rows are whole cache lines, so there is no rest. Padding is 0, which is on every grid.
        for (nuint i = 0; i < (nuint)values.Length; i += (nuint)Vector512<float>.Count)
        {
            var steps = Vector512.LoadUnsafe(ref value, i) * inverse;
            var inside = Vector512.LessThanOrEqual(steps, top + half) & Vector512.GreaterThanOrEqual(steps, bottom - half);
            (inside & Vector512<float>.One).StoreUnsafe(ref pass, i);
            (Vector512.Round(Vector512.Min(top, Vector512.Max(bottom, steps))) * scale).StoreUnsafe(ref value, i);
        }
    }

    /// <summary>Stops gradients of what was clamped.</summary>
    public void StopClipped(int layer, Span<float> gradients)
    {
        if (Grids.Inputs[layer] is null)
        {
            return;
        }

        var passed = _passed[layer].AsSpan(0, gradients.Length);
        for (var i = 0; i < gradients.Length; i++)
        {
            gradients[i] *= passed[i];
        }
    }

    /// <summary>Saves the grids of a network that trains on some, or puts them back.</summary>
    public static void Visit(NetworkTraining network, StateStream state)
    {
        var numbers = network.Awareness?.Grids is { } grids ? Numbers([.. grids.Inputs, .. grids.Sums, .. Array.Exists(grids.Results, grid => grid is not null) ? grids.Results : []]) : null;
        state.Array(ref numbers);
        if (numbers is not null && network.Awareness is null)
        {
            var all = Enumerable.Range(0, numbers.Length / 3).Select(i => numbers[3 * i] > 0 ? new ActivationGrid(numbers[3 * i], (ushort)numbers[(3 * i) + 1], (ushort)numbers[(3 * i) + 2]) : (ActivationGrid?)null).ToArray();
            network.Awareness = new QuantizationAwareness(network, GridsOf(all, network.Layers.Length));
        }
    }

    /// <summary>Chains have no results that sums alone take, and none are saved.</summary>
    private static ActivationGrids GridsOf(ActivationGrid?[] all, int layers) =>
        new(all[..layers], all[layers..(2 * layers)], all.Length > 2 * layers ? all[(2 * layers)..] : new ActivationGrid?[layers]);

    private static float[] Numbers(ActivationGrid?[] grids) => [.. grids.SelectMany(grid => grid is { } g ? new float[] { g.Scale, g.ZeroPoint, g.Top } : [0, 0, 0])];
}
