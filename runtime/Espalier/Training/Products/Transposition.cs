using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>Transposes matrices of floats, four by four in registers where the processor is an x86.</summary>
internal static class Transposition
{
    private const int Tile = 4;

    /// <param name="source">The matrix.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="sourceStride">From one of its rows to the next.</param>
    /// <param name="target">Takes a row for each column.</param>
    /// <param name="targetStride">From one of those to the next.</param>
    public static void Run(ReadOnlySpan<float> source, int rows, int columns, int sourceStride, Span<float> target, int targetStride)
    {
        if (rows == 0 || columns == 0)
        {
            return;
        }

        // The tiles below read and write without checks: these are theirs.
        _ = source[((rows - 1) * sourceStride) + columns - 1];
        _ = target[((columns - 1) * targetStride) + rows - 1];
        var (wholeRows, wholeColumns) = Sse.IsSupported ? (rows / Tile * Tile, columns / Tile * Tile) : (0, 0);
        for (var row = 0; row < wholeRows; row += Tile)
        {
            for (var column = 0; column < wholeColumns; column += Tile)
            {
                Four(
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(source), ((nint)row * sourceStride) + column),
                    sourceStride,
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(target), ((nint)column * targetStride) + row),
                    targetStride);
            }
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
            {
                target[(column * targetStride) + row] = source[(row * sourceStride) + column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(ref float source, nint sourceStride, ref float target, nint targetStride)
    {
        var a = Vector128.LoadUnsafe(ref source);
        var b = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, sourceStride));
        var c = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 2 * sourceStride));
        var d = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 3 * sourceStride));
        var (ab, cd) = (Sse.UnpackLow(a, b), Sse.UnpackLow(c, d));
        Sse.MoveLowToHigh(ab, cd).StoreUnsafe(ref target);
        Sse.MoveHighToLow(cd, ab).StoreUnsafe(ref Unsafe.Add(ref target, targetStride));
        (ab, cd) = (Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d));
        Sse.MoveLowToHigh(ab, cd).StoreUnsafe(ref Unsafe.Add(ref target, 2 * targetStride));
        Sse.MoveHighToLow(cd, ab).StoreUnsafe(ref Unsafe.Add(ref target, 3 * targetStride));
    }
}
