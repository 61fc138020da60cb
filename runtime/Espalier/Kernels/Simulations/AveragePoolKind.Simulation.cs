using System;
using Espalier.Kernels;

namespace Espalier.Planning;

internal sealed partial class AveragePoolKind
{
    private protected override float Pool(SimulatedStep step, ReadOnlySpan<float> channel, int width, (int Top, int Bottom, int Left, int Right, int Padded) places)
    {
        var sum = 0f;
        for (var row = places.Top; row < places.Bottom; row++)
        {
            foreach (var number in channel.Slice((row * width) + places.Left, places.Right - places.Left))
            {
                sum += number;
            }
        }

        return sum / Count(step, places);
    }

    private protected override ushort Pool(SimulatedStep step, ReadOnlySpan<ushort> channel, int width, (int Top, int Bottom, int Left, int Right, int Padded) places, ActivationGrid grid)
    {
        // Padding stands for 0: it adds nothing to codes less their zero point.
        var sum = 0;
        for (var row = places.Top; row < places.Bottom; row++)
        {
            foreach (var code in channel.Slice((row * width) + places.Left, places.Right - places.Left))
            {
                sum += code - grid.ZeroPoint;
            }
        }

        return (ushort)MeanCode.Of(sum, Count(step, places), grid.ZeroPoint);
    }

    private static int Count(SimulatedStep step, (int Top, int Bottom, int Left, int Right, int Padded) places) =>
        CountsPadding(step.Definition.Arguments) ? places.Padded : (places.Bottom - places.Top) * (places.Right - places.Left);
}
