using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Espalier.Kernels;

namespace Espalier;

/// <summary>The transpose of a matrix in bf16. Two neighbours of a row are one number of 32 bits, so the transposition of floats turns two at once; then a row of pairs becomes two rows.</summary>
internal static class TurnedHalves
{
    private const int Lanes = 16;

    /// <param name="matrix">Its numbers.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns that count.</param>
    /// <param name="stride">From one row to the next, even.</param>
    /// <param name="pairs">Scratch: a row for every two columns.</param>
    /// <param name="turned">Takes a row for each column, and one more where they are odd.</param>
    /// <param name="turnedStride">From one of those to the next, a multiple of sixteen.</param>
    public static void Turn(ReadOnlySpan<ushort> matrix, int rows, int columns, int stride, Span<uint> pairs, Span<ushort> turned, int turnedStride)
    {
        var pairRows = (columns + 1) / 2;
        Transposition.Floats(MemoryMarshal.Cast<ushort, float>(matrix), rows, pairRows, stride / 2, MemoryMarshal.Cast<uint, float>(pairs), turnedStride);
        _ = pairs[(pairRows * turnedStride) - 1];
        _ = turned[(2 * pairRows * turnedStride) - 1];
        Part(ref MemoryMarshal.GetReference(pairs), pairRows, turnedStride, ref MemoryMarshal.GetReference(turned));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Part(ref uint pairs, int rows, int width, ref ushort lower)
    {
        for (var row = 0; row < rows; row++)
        {
            ref var upper = ref Unsafe.Add(ref lower, width);
            for (nuint i = 0; i < (nuint)width; i += Lanes)
            {
                if (Avx512F.IsSupported)
                {
                    var both = Vector512.LoadUnsafe(ref pairs, i);
                    Avx512F.ConvertToVector256UInt16(both).StoreUnsafe(ref lower, i);
                    Avx512F.ConvertToVector256UInt16(both >>> 16).StoreUnsafe(ref upper, i);
                }
                else
                {
                    var (left, right) = (Vector256.LoadUnsafe(ref pairs, i), Vector256.LoadUnsafe(ref pairs, i + 8));
                    Vector256.Narrow(left & Vector256.Create(0xFFFFu), right & Vector256.Create(0xFFFFu)).StoreUnsafe(ref lower, i);
                    Vector256.Narrow(left >>> 16, right >>> 16).StoreUnsafe(ref upper, i);
                }
            }

            pairs = ref Unsafe.Add(ref pairs, width);
            lower = ref Unsafe.Add(ref upper, width);
        }
    }
}
