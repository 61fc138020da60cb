using System;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Which results of a layer a pass leaves out (Srivastava et al., 2014), and what the others are multiplied by, so that what is expected stays the same and inference has nothing to do.
/// </summary>
internal sealed class DropoutMask(LayerTraining layer, int batch, RandomNumbers random)
{
    private readonly AlignedMemory _factors = new(checked(batch * layer.OutputStride * sizeof(float)));

    /// <summary>The results before any was left out: derivatives of activations are written by them.</summary>
    private readonly AlignedMemory _values = new(checked(batch * layer.OutputStride * sizeof(float)));

    public ReadOnlySpan<float> Values => _values.As<float>();

    /// <summary>Draws a mask for a batch and applies it.</summary>
    public void Drop(int rows, Span<float> values)
    {
        var factors = _factors.As<float>();
        var (scale, share) = ((float)(1 / (1 - layer.Layer.Dropout)), (float)layer.Layer.Dropout);
        values[..(rows * layer.OutputStride)].CopyTo(_values.As<float>());
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var factor in factors.Slice(row * layer.OutputStride, layer.Layer.Outputs))
            {
                factor = random.Uniform() < share ? 0 : scale;
            }
        }

        Multiply(rows, values);
    }

    /// <summary>Applies the last mask: to values, or to their gradients.</summary>
    public void Multiply(int rows, Span<float> values)
    {
        var factors = _factors.As<float>()[..(rows * layer.OutputStride)];
        for (var i = 0; i < factors.Length; i += System.Numerics.Vector<float>.Count)
        {
            (new System.Numerics.Vector<float>(values[i..]) * new System.Numerics.Vector<float>(factors[i..])).CopyTo(values[i..]);
        }
    }
}
