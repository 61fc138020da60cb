using System;
using Espalier.Kernels;

namespace Espalier;

/// <summary>The sum of tensors; each gets the whole gradient.</summary>
internal sealed class AddTraining(TrainingStart start) : LayerTraining(start.Layer)
{
    public override void Forward(int batch, AlignedMemory[] inputs, Span<float> sums, bool learns)
    {
        inputs[0].As<float>()[..(batch * OutputStride)].CopyTo(sums);
        foreach (var input in inputs.AsSpan(1))
        {
            Scaling.Add(input.As<float>()[..(batch * OutputStride)], sums);
        }
    }

    public override void Backward(int batch, AlignedMemory[] inputs, ReadOnlySpan<float> sumsGradient, AlignedMemory?[] inputGradients)
    {
        foreach (var gradient in inputGradients)
        {
            if (gradient is not null)
            {
                sumsGradient[..(batch * OutputStride)].CopyTo(gradient.As<float>());
            }
        }
    }
}
