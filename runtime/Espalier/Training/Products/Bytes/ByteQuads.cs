using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Kernels;

namespace Espalier;

/// <summary>
/// Matrices of bytes in quads: a row of quads holds four rows of the matrix, the four bytes of a column side by side. What a product
/// of bytes adds up lies in one lane then; weights and their gradients stay in this form from step to step.
/// </summary>
internal static class ByteQuads
{
    /// <summary>Rows of a quad.</summary>
    public const int Depth = 4;

    private const int Width = 16;

    /// <summary>Quads of a matrix that lies in rows.</summary>
    /// <param name="source">The matrix; its rows are whole vectors of 16 bytes.</param>
    /// <param name="rows">A multiple of four.</param>
    /// <param name="columns">A multiple of 16.</param>
    /// <param name="quads">Takes rows / 4 rows of <paramref name="columns"/> quads.</param>
    public static void Interleave(ReadOnlySpan<byte> source, int rows, int columns, Span<int> quads)
    {
        Check(rows, columns, source.Length, quads.Length * Depth);
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref Unsafe.As<int, byte>(ref MemoryMarshal.GetReference(quads));
        for (var row = 0; row < rows; row += Depth)
        {
            for (var column = 0; column < columns; column += Width)
            {
                ref var first = ref Unsafe.Add(ref from, (row * columns) + column);
                var (a, b) = (Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, (nuint)columns));
                var (c, d) = (Vector128.LoadUnsafe(ref first, (nuint)(2 * columns)), Vector128.LoadUnsafe(ref first, (nuint)(3 * columns)));
                ref var target = ref Unsafe.Add(ref to, (row * columns) + (column * Depth));
                var (ac, bd) = (Low(a, c), Low(b, d));
                Low(ac, bd).StoreUnsafe(ref target);
                High(ac, bd).StoreUnsafe(ref target, Width);
                (ac, bd) = (High(a, c), High(b, d));
                Low(ac, bd).StoreUnsafe(ref target, 2 * Width);
                High(ac, bd).StoreUnsafe(ref target, 3 * Width);
            }
        }
    }

    /// <summary>Quads of the transposed matrix.</summary>
    /// <param name="source">Quads of a matrix.</param>
    /// <param name="rows">Its rows, a multiple of four.</param>
    /// <param name="columns">Its columns, and its stride in quads; a multiple of 16.</param>
    /// <param name="turned">Takes columns / 4 rows of <paramref name="stride"/> quads.</param>
    /// <param name="stride">From one row of the turned quads to the next, at least <paramref name="rows"/>.</param>
    public static void Turn(ReadOnlySpan<int> source, int rows, int columns, Span<int> turned, int stride)
    {
        Check(rows, columns, source.Length * Depth, turned.Length * Depth);
        _ = turned[((columns / Depth) - 1) * stride + rows - 1];
        var places = Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        for (var row = 0; row < rows; row += Depth)
        {
            ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(source), row / Depth * columns);
            ref var to = ref Unsafe.Add(ref MemoryMarshal.GetReference(turned), row);
            for (var column = 0; column < columns; column += Depth)
            {
                Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)column).AsByte(), places).AsInt32().StoreUnsafe(ref Unsafe.Add(ref to, column / Depth * stride));
            }
        }
    }

    private static void Check(int rows, int columns, int source, int target)
    {
        if (rows % Depth != 0 || columns % Width != 0 || source < rows * columns || target < rows * columns)
        {
            throw new ArgumentException($"Quads of a matrix of {rows} x {columns} need multiples of {Depth} and {Width} and as many bytes on both sides, but {source} and {target} were given.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Low(Vector128<byte> a, Vector128<byte> b) => Interleaving.IsSupported
        ? Interleaving.Low(a, b)
        : Zip(a.GetLower(), b.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> High(Vector128<byte> a, Vector128<byte> b) => Interleaving.IsSupported
        ? Interleaving.High(a, b)
        : Zip(a.GetUpper(), b.GetUpper());

    private static Vector128<byte> Zip(Vector64<byte> a, Vector64<byte> b)
    {
        var wide = Vector128.WidenLower(a.ToVector128()) | (Vector128.WidenLower(b.ToVector128()) << 8);
        return wide.AsByte();
    }
}
