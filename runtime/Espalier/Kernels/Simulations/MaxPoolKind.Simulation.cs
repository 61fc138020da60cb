using System;
using Espalier.Kernels;

namespace Espalier.Planning;

internal sealed partial class MaxPoolKind
{
    private protected override float Pool(SimulatedStep step, ReadOnlySpan<float> channel, int width, (int Top, int Bottom, int Left, int Right, int Padded) places) => Largest(channel, width, places);

    private protected override ushort Pool(SimulatedStep step, ReadOnlySpan<ushort> channel, int width, (int Top, int Bottom, int Left, int Right, int Padded) places, ActivationGrid grid) => Largest(channel, width, places);

    private static T Largest<T>(ReadOnlySpan<T> channel, int width, (int Top, int Bottom, int Left, int Right, int Padded) places)
        where T : struct, IComparable<T>
    {
        var largest = channel[(places.Top * width) + places.Left];
        for (var row = places.Top; row < places.Bottom; row++)
        {
            foreach (var number in channel.Slice((row * width) + places.Left, places.Right - places.Left))
            {
                largest = number.CompareTo(largest) > 0 ? number : largest;
            }
        }

        return largest;
    }
}
