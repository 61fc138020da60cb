using System;

namespace Espalier.Kernels;

/// <summary>Steps of several tiles. Where a tile's steps start in a table is not stored: kernels walk on, and only parts of a layer have to ask.</summary>
internal static class StepSums
{
    public static int Of(ReadOnlySpan<int> counts)
    {
        var sum = 0;
        foreach (var count in counts)
        {
            sum = checked(sum + count);
        }

        return sum;
    }
}
