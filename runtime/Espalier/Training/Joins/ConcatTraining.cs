using System;
using System.Linq;
using Espalier.Kernels;

namespace Espalier;

/// <summary>The channels of several images, one image after the other: parts of a row, for images lie channel by channel.</summary>
internal sealed class ConcatTraining(TrainingStart start) : LayerTraining(start.Layer)
{
    private readonly int[] _counts = [.. start.Inputs.Select(shape => shape.Count)];

    public override void Forward(int batch, AlignedMemory[] inputs, Span<float> sums, bool learns)
    {
        for (var row = 0; row < batch; row++)
        {
            var at = row * OutputStride;
            for (var i = 0; i < inputs.Length; i++)
            {
                inputs[i].As<float>().Slice(row * MatrixProduct.Padded(_counts[i]), _counts[i]).CopyTo(sums[at..]);
                at += _counts[i];
            }
        }
    }

    public override void Backward(int batch, AlignedMemory[] inputs, ReadOnlySpan<float> sumsGradient, AlignedMemory?[] inputGradients)
    {
        for (var row = 0; row < batch; row++)
        {
            var at = row * OutputStride;
            for (var i = 0; i < inputs.Length; i++)
            {
                if (inputGradients[i] is { } gradient)
                {
                    sumsGradient.Slice(at, _counts[i]).CopyTo(gradient.As<float>()[(row * MatrixProduct.Padded(_counts[i]))..]);
                }

                at += _counts[i];
            }
        }
    }
}
