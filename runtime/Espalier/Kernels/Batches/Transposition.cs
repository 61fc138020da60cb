using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Kernels;

/// <summary>Turns matrices: blocks of samples, from numbers side by side in each sample to samples side by side in each feature and back, and the weights of training.</summary>
internal static class Transposition
{
    private const int Tile = WideFloatTransposition.Tile;

    /// <summary>Turns a matrix of bytes. Writes whole tiles of 16 by 16, so it reads and writes up to 15 rows and 15 bytes too far.</summary>
    public static void Bytes(ref byte from, int fromStride, ref byte to, int toStride, int rows, int columns)
    {
        var row = 0;
        if (Avx512BW.IsSupported)
        {
            for (; row + WideTransposition.Rows <= rows + Tile - 1; row += WideTransposition.Rows)
            {
                for (var column = 0; column < columns; column += Tile)
                {
                    WideTransposition.Run(ref Unsafe.Add(ref from, (row * fromStride) + column), fromStride, ref Unsafe.Add(ref to, (column * toStride) + row), toStride);
                }
            }
        }

        for (; row < rows; row += Tile)
        {
            for (var column = 0; column < columns; column += Tile)
            {
                BlockTransposition.Bytes(ref Unsafe.Add(ref from, (row * fromStride) + column), (nuint)fromStride, ref Unsafe.Add(ref to, (column * toStride) + row), (nuint)toStride);
            }
        }
    }

    /// <summary>
    /// Turns a matrix of floats, exactly. Strips of 128 rows by 16 columns are turned into a buffer and leave as pieces of 512 bytes: with
    /// strides of a power of two the lines of all columns want the same places of the first-level cache, and a line that was begun
    /// was gone before its other half came (64 samples of 4096 outputs on Zen 5: 23 to 38 cycles a line, 6.4 through the buffer).
    /// </summary>
    [SkipLocalsInit]
    public static void Floats(ref float from, int fromStride, ref float to, int toStride, int rows, int columns)
    {
        const int Rows = 128;

        // Lines of the buffer that the next column does not share.
        const int Stride = Rows + Tile;
        Span<float> strip = stackalloc float[Stride * Tile];
        ref var buffer = ref MemoryMarshal.GetReference(strip);
        for (var row = 0; row < rows; row += Rows)
        {
            var stripRows = Math.Min(Rows, rows - row);
            for (var column = 0; column < columns; column += Tile)
            {
                var stripColumns = Math.Min(Tile, columns - column);
                Strip(ref Unsafe.Add(ref from, (row * fromStride) + column), fromStride, ref buffer, Stride, stripRows, stripColumns);
                for (var i = 0; i < stripColumns; i++)
                {
                    ref var source = ref Unsafe.Add(ref buffer, i * Stride);
                    ref var target = ref Unsafe.Add(ref to, ((column + i) * toStride) + row);
                    if (Avx512F.IsSupported && stripRows == Rows)
                    {
                        WideFloatTransposition.Copy(ref source, ref target, Rows);
                    }
                    else
                    {
                        MemoryMarshal.CreateSpan(ref source, stripRows).CopyTo(MemoryMarshal.CreateSpan(ref target, stripRows));
                    }
                }
            }
        }
    }

    /// <summary>The same with checks.</summary>
    /// <param name="source">The matrix.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="sourceStride">From one of its rows to the next.</param>
    /// <param name="target">Takes a row for each column.</param>
    /// <param name="targetStride">From one of those to the next.</param>
    public static void Floats(ReadOnlySpan<float> source, int rows, int columns, int sourceStride, Span<float> target, int targetStride)
    {
        if (rows == 0 || columns == 0)
        {
            return;
        }

        _ = source[((rows - 1) * sourceStride) + columns - 1];
        _ = target[((columns - 1) * targetStride) + rows - 1];
        Floats(ref MemoryMarshal.GetReference(source), sourceStride, ref MemoryMarshal.GetReference(target), targetStride, rows, columns);
    }

    private static void Strip(ref float from, int fromStride, ref float to, int toStride, int rows, int columns)
    {
        var row = 0;
        for (; Avx512F.IsSupported && columns == Tile && row <= rows - Tile; row += Tile)
        {
            WideFloatTransposition.Run(ref Unsafe.Add(ref from, row * fromStride), fromStride, ref Unsafe.Add(ref to, row), toStride);
        }

        for (; Interleaving.IsSupported && row <= rows - 4; row += 4)
        {
            for (var column = 0; column <= columns - 4; column += 4)
            {
                BlockTransposition.Words(
                    ref Unsafe.As<float, byte>(ref Unsafe.Add(ref from, (row * fromStride) + column)), (nuint)fromStride * sizeof(float),
                    ref Unsafe.As<float, byte>(ref Unsafe.Add(ref to, (column * toStride) + row)), (nuint)toStride * sizeof(float));
            }

            Scalars(ref from, fromStride, ref to, toStride, row, row + 4, columns - (columns % 4), columns);
        }

        Scalars(ref from, fromStride, ref to, toStride, row, rows, 0, columns);
    }

    private static void Scalars(ref float from, int fromStride, ref float to, int toStride, int row, int rows, int firstColumn, int columns)
    {
        for (; row < rows; row++)
        {
            for (var column = firstColumn; column < columns; column++)
            {
                Unsafe.Add(ref to, (column * toStride) + row) = Unsafe.Add(ref from, (row * fromStride) + column);
            }
        }
    }
}
