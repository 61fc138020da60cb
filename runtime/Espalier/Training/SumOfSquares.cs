using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier;

/// <summary>The square of the length of a gradient.</summary>
internal static class SumOfSquares
{
    private const int Lanes = 16;

    /// <summary>Numbers that are added in fp32 before their sum goes on in fp64: few enough not to lose any, and many enough to cost nothing.</summary>
    private const int Block = 4096;

    /// <summary>Sixteen sums side by side on every machine, so that all get equal bits; without multiply-adds for the same reason.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        var total = 0.0;
        for (var start = 0; start < values.Length; start += Block)
        {
            total += OfBlock(values.Slice(start, Math.Min(Block, values.Length - start)));
        }

        return total;
    }

    private static double OfBlock(ReadOnlySpan<float> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var sums = Vector512<float>.Zero;
        var i = 0;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            var value = Vector512.LoadUnsafe(ref first, (nuint)i);
            sums += value * value;
        }

        var sum = 0.0;
        for (var lane = 0; lane < Lanes; lane++)
        {
            sum += sums[lane];
        }

        for (; i < values.Length; i++)
        {
            sum += (double)values[i] * values[i];
        }

        return sum;
    }
}
