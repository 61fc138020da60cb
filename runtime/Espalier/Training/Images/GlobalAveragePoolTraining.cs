using System;

namespace Espalier;

/// <summary>The mean of each channel.</summary>
internal sealed class GlobalAveragePoolTraining(TrainingStart start) : OneInputTraining(start.Layer)
{
    private int Pixels => Layer.InputShape.Pixels;

    protected override void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums, bool learns)
    {
        for (var row = 0; row < batch; row++)
        {
            for (var channel = 0; channel < Layer.Outputs; channel++)
            {
                sums[(row * OutputStride) + channel] = PixelSums.Of(input.Slice((row * InputStride) + (channel * Pixels), Pixels)) / Pixels;
            }
        }
    }

    protected override void Backward(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        for (var row = 0; row < batch && !inputGradient.IsEmpty; row++)
        {
            for (var channel = 0; channel < Layer.Outputs; channel++)
            {
                inputGradient.Slice((row * InputStride) + (channel * Pixels), Pixels).Fill(sumsGradient[(row * OutputStride) + channel] / Pixels);
            }
        }
    }
}
