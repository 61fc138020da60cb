using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Planning;

namespace Espalier;

/// <summary>The weights of one layer as they will be stored, in place of the trained ones for the time of a pass.</summary>
internal sealed class RoundedWeights(WeightedTraining layer)
{
    private readonly float[] _trained = new float[layer.Parameters.Length];
    private readonly float[] _steps = new float[layer.WeightStride];
    private bool _areRounded;

    /// <summary>Rounds the weights as <see cref="WeightQuantizer"/> does, bit for bit.</summary>
    public void Put()
    {
        if (_areRounded)
        {
            return;
        }

        var weights = layer.Parameters;
        weights.CopyTo(_trained);
        if (layer.Layer.Quantization.Weights is Precision.Int8 or Precision.Int4)
        {
            Steps(weights);
            Round(weights);
        }
        else
        {
            OneByOne(weights);
        }

        _areRounded = true;
    }

    public void Restore()
    {
        if (_areRounded)
        {
            _trained.CopyTo(layer.Parameters);
            _areRounded = false;
        }
    }

    /// <summary>A step for each output, or the same for all.</summary>
    private void Steps(ReadOnlySpan<float> weights)
    {
        var (stride, description) = (layer.WeightStride, layer.Layer);
        var perChannel = description.Quantization.PerChannel && description.Codebook is null;
        var top = NumberFormats.WeightTop((NumberFormat)description.Quantization.Weights);
        Array.Clear(_steps);
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var largest = ref MemoryMarshal.GetArrayDataReference(_steps);
        for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)stride)
        {
            for (nuint o = 0; o < (nuint)stride; o += (nuint)Vector512<float>.Count)
            {
                Vector512.Max(Vector512.LoadUnsafe(ref largest, o), Vector512.Abs(Vector512.LoadUnsafe(ref weight, i + o))).StoreUnsafe(ref largest, o);
            }
        }

        var all = 0f;
        foreach (var value in _steps)
        {
            all = Math.Max(all, value);
        }

        foreach (ref var step in _steps.AsSpan())
        {
            // Outputs without weights have codes of 0 on any grid.
            var end = perChannel ? step : all;
            step = end == 0 ? 1 : WeightQuantizer.Stored(end / top, perChannel);
        }
    }

    private void Round(Span<float> weights)
    {
        var (stride, top) = (layer.WeightStride, Vector512.Create((float)NumberFormats.WeightTop((NumberFormat)layer.Layer.Quantization.Weights)));
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var steps = ref MemoryMarshal.GetArrayDataReference(_steps);
        for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)stride)
        {
            for (nuint o = 0; o < (nuint)stride; o += (nuint)Vector512<float>.Count)
            {
                var step = Vector512.LoadUnsafe(ref steps, o);
                var codes = Vector512.Round(Vector512.LoadUnsafe(ref weight, i + o) / step);
                (Vector512.Min(top, Vector512.Max(-top, codes)) * step).StoreUnsafe(ref weight, i + o);
            }
        }
    }

    /// <summary>Signs and ternary weights have rules of their own.</summary>
    private void OneByOne(Span<float> weights)
    {
        var description = layer.Layer;
        var grid = new ActivationGrid(1, 0, (ushort)description.Quantization.InputTop);
        var stored = WeightQuantizer.Integers(description, layer.CopyWeights(), layer.CopyBias(), grid, null, null);
        for (var i = 0; i < layer.Columns; i++)
        {
            for (var o = 0; o < layer.Rows; o++)
            {
                weights[(i * layer.WeightStride) + o] = stored.Weight(o, i);
            }
        }
    }
}
