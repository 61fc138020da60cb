using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>
/// C = start + A·B where A is given by its nonzeros. Each nonzero adds a multiple of a row of B to sums that stay in registers:
/// one load for each multiply-add, so at equal work it runs at 5/6 of the speed of <see cref="MatrixProduct"/>, and it does only
/// the nonzeros' work. Terms are added in the same order, so both give the same bits (a term of 0 changes no sum but −0).
/// </summary>
internal static class SparseProduct
{
    /// <summary>Sums in registers: ten of 16 leave room where there are 16, and eight at least hide the latency of a multiply-add.</summary>
    private const int WidestPanel = 10;

    /// <summary>Below this many vectors a row, sums wait for each other; whole tiles are faster.</summary>
    private const int FewestVectors = 4;

    /// <summary>A panel of B that stays in a first-level cache of 48 KB beside rows of C and lists.</summary>
    public const int PanelBytes = 42 * 1024;

    /// <summary>Measured, building the lists included: 300 to 100 with half of the inputs takes the dense time with AVX-512; with AVX2, which cannot compress vectors, 30 % takes 1.2 times it.</summary>
    public static double MostNonzeros => Avx512F.IsSupported ? 0.45 : 0.25;

    /// <summary>The same for the transpose, whose lists are filled number by number: 300 to 100 with 30 % takes 1.3 to 1.5 times the dense time, 784 to 300 with 19 % 0.64 to 0.7 times.</summary>
    private const double MostNonzerosTransposed = 0.22;

    /// <summary>Whether the nonzeros are few enough, and rows of C wide enough.</summary>
    public static bool Pays(NonzeroLists a, int columns) =>
        columns >= FewestVectors * LaneCount && a.Count <= MostNonzeros * a.Rows * a.Depth;

    /// <summary>Whether they are few enough for the product of the transpose, whose lists must be made first.</summary>
    public static bool PaysTransposed(NonzeroLists a, int columns) =>
        columns >= FewestVectors * LaneCount && a.Count <= MostNonzerosTransposed * a.Rows * a.Depth;

    private static int LaneCount => Avx512F.IsSupported ? 16 : Avx2.IsSupported ? 8 : 4;

    /// <param name="a">The nonzeros of A.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="MatrixProduct.Padding"/>; also their stride.</param>
    /// <param name="b">B, with a row for each column of A.</param>
    /// <param name="start">What every row of C starts from: <paramref name="columns"/> numbers.</param>
    /// <param name="c">C, with a row for each row of A.</param>
    public static void Run(NonzeroLists a, int columns, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c) => Run(a, columns, b, start, c, 0, a.Rows);

    /// <summary>Some rows of the same product.</summary>
    /// <param name="a">The nonzeros of A.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="MatrixProduct.Padding"/>; also their stride.</param>
    /// <param name="b">B, with a row for each column of A.</param>
    /// <param name="start">What every row of C starts from: <paramref name="columns"/> numbers.</param>
    /// <param name="c">C, with a row for each row of A.</param>
    /// <param name="firstRow">The first row to compute.</param>
    /// <param name="endRow">The row after the last.</param>
    public static void Run(NonzeroLists a, int columns, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c, int firstRow, int endRow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, a.Depth * columns);
        Run(a, columns, new StoredFactors(ref MemoryMarshal.GetReference(b), columns), start, c, firstRow, endRow);
    }

    /// <summary>The same with B in bf16, see <see cref="WidenedFactors"/>.</summary>
    /// <param name="a">The nonzeros of A.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="MatrixProduct.Padding"/>; also their stride.</param>
    /// <param name="b">B, with a row for each column of A.</param>
    /// <param name="scratch">Takes a block: <see cref="WidenedFactors.ScratchLength"/> numbers.</param>
    /// <param name="start">What every row of C starts from: <paramref name="columns"/> numbers.</param>
    /// <param name="c">C, with a row for each row of A.</param>
    public static void Run(NonzeroLists a, int columns, ReadOnlySpan<ushort> b, Span<float> scratch, ReadOnlySpan<float> start, Span<float> c)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, a.Depth * columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, WidenedFactors.ScratchLength);
        Run(a, columns, new WidenedFactors(ref MemoryMarshal.GetReference(b), columns, ref MemoryMarshal.GetReference(scratch)), start, c, 0, a.Rows);
    }

    /// <summary>The same with C in bf16, rounded where it leaves the registers; so all terms of a sum must be added at once.</summary>
    /// <param name="a">The nonzeros of A, in one block: A has <see cref="NonzeroLists.Block"/> columns at most.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="MatrixProduct.Padding"/>; also their stride.</param>
    /// <param name="b">B, with a row for each column of A.</param>
    /// <param name="start">What every row of C starts from: <paramref name="columns"/> numbers.</param>
    /// <param name="c">C, with a row for each row of A.</param>
    public static void Run(NonzeroLists a, int columns, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<ushort> c)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(a.Blocks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, a.Depth * columns);
        Run(a, columns, new StoredFactors(ref MemoryMarshal.GetReference(b), columns), start, c, 0, a.Rows);
    }

    private static void Run<TFactors, TNumber>(NonzeroLists a, int columns, TFactors b, ReadOnlySpan<float> start, Span<TNumber> c, int firstRow, int endRow)
        where TFactors : struct, IFactors, allows ref struct
        where TNumber : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(endRow, a.Rows);
        if (!a.IsComplete)
        {
            throw new InvalidOperationException("The lists were given up, for they were too many; ask Pays first.");
        }

        // The kernel reads without checks: these are its. Positions in lists are below the depth by construction.
        ArgumentOutOfRangeException.ThrowIfLessThan(c.Length, a.Rows * columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(start.Length, columns);
        ref var first = ref MemoryMarshal.GetReference(start);
        ref var to = ref MemoryMarshal.GetReference(c);
        if (Avx512F.IsSupported)
        {
            Panels<Vector512<float>, Lanes512, TFactors, TNumber>(a, columns, firstRow, endRow, b, ref first, ref to);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Panels<Vector256<float>, Lanes256, TFactors, TNumber>(a, columns, firstRow, endRow, b, ref first, ref to);
        }
        else
        {
            Panels<Vector128<float>, Lanes128, TFactors, TNumber>(a, columns, firstRow, endRow, b, ref first, ref to);
        }
    }

    /// <summary>Panels of nearly equal width, so that none is too narrow to hide latency.</summary>
    internal static void Panels<TVector, TLanes, TFactors, TNumber>(NonzeroLists a, int columns, int firstRow, int endRow, TFactors b, ref float start, ref TNumber c)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TFactors : struct, IFactors, allows ref struct
        where TNumber : unmanaged
    {
        var vectors = columns / TLanes.Count;
        var panels = (vectors + WidestPanel - 1) / WidestPanel;
        for (var panel = 0; panel < panels; panel++)
        {
            var (left, right) = (vectors * panel / panels, vectors * (panel + 1) / panels);
            var column = left * TLanes.Count;
            ref var startPanel = ref Unsafe.Add(ref start, column);
            ref var cPanel = ref Unsafe.Add(ref c, column);
            switch (right - left)
            {
                case 1: Panel<TVector, TLanes, One, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
                case 2: Panel<TVector, TLanes, Two, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
                case 3: Panel<TVector, TLanes, Three, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
                case 4: Panel<TVector, TLanes, Four, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
                case 5: Panel<TVector, TLanes, Five, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
                case 6: Panel<TVector, TLanes, Six, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
                case 7: Panel<TVector, TLanes, Seven, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
                case 8: Panel<TVector, TLanes, Eight, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
                case 9: Panel<TVector, TLanes, Nine, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
                default: Panel<TVector, TLanes, Ten, TFactors, TNumber>(a, columns, column, firstRow, endRow, b, ref startPanel, ref cPanel); break;
            }
        }
    }

    private static void Panel<TVector, TLanes, TWidth, TFactors, TNumber>(NonzeroLists a, int columns, int column, int firstRow, int endRow, TFactors b, ref float start, ref TNumber c)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TWidth : ICompiledCount
        where TFactors : struct, IFactors, allows ref struct
        where TNumber : unmanaged
    {
        var blocksAtOnce = Math.Max(1, PanelBytes / (NonzeroLists.Block * TWidth.Value * TLanes.Count * sizeof(float)));
        for (var block = 0; block < a.Blocks; block += blocksAtOnce)
        {
            var last = Math.Min(block + blocksAtOnce, a.Blocks);
            var top = block * NonzeroLists.Block;
            ref var bBlock = ref b.Block(top, Math.Min(a.Depth, last * NonzeroLists.Block) - top, column, TWidth.Value * TLanes.Count, out var stride);
            for (var row = firstRow; row < endRow; row++)
            {
                var (from, to) = (a.StartOf(row, block), a.StartOf(row, last));
                ref var target = ref Unsafe.Add(ref c, (nint)row * columns);
                if (block == 0)
                {
                    Row<TVector, TLanes, TWidth, TNumber>(ref a.PositionAt(from), ref a.ValueAt(from), to - from, top, stride, ref bBlock, ref start, ref target);
                }
                else if (to > from)
                {
                    Row<TVector, TLanes, TWidth, TNumber>(ref a.PositionAt(from), ref a.ValueAt(from), to - from, top, stride, ref bBlock, ref Unsafe.As<TNumber, float>(ref target), ref target);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TVector, TLanes, TWidth, TNumber>(ref int positions, ref float values, int count, nint top, nint stride, ref float b, ref float first, ref TNumber c)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TWidth : ICompiledCount
        where TNumber : unmanaged
    {
        var lanes = TLanes.Count;
        var s0 = TWidth.Value > 0 ? TLanes.Load(ref first, 0) : default;
        var s1 = TWidth.Value > 1 ? TLanes.Load(ref first, (nuint)(1 * lanes)) : default;
        var s2 = TWidth.Value > 2 ? TLanes.Load(ref first, (nuint)(2 * lanes)) : default;
        var s3 = TWidth.Value > 3 ? TLanes.Load(ref first, (nuint)(3 * lanes)) : default;
        var s4 = TWidth.Value > 4 ? TLanes.Load(ref first, (nuint)(4 * lanes)) : default;
        var s5 = TWidth.Value > 5 ? TLanes.Load(ref first, (nuint)(5 * lanes)) : default;
        var s6 = TWidth.Value > 6 ? TLanes.Load(ref first, (nuint)(6 * lanes)) : default;
        var s7 = TWidth.Value > 7 ? TLanes.Load(ref first, (nuint)(7 * lanes)) : default;
        var s8 = TWidth.Value > 8 ? TLanes.Load(ref first, (nuint)(8 * lanes)) : default;
        var s9 = TWidth.Value > 9 ? TLanes.Load(ref first, (nuint)(9 * lanes)) : default;
        for (nint n = 0; n < count; n++)
        {
            ref var line = ref Unsafe.Add(ref b, (Unsafe.Add(ref positions, n) - top) * stride);
            var x = TLanes.Broadcast(Unsafe.Add(ref values, n));
            s0 = TWidth.Value > 0 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, 0), s0) : s0;
            s1 = TWidth.Value > 1 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, (nuint)(1 * lanes)), s1) : s1;
            s2 = TWidth.Value > 2 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, (nuint)(2 * lanes)), s2) : s2;
            s3 = TWidth.Value > 3 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, (nuint)(3 * lanes)), s3) : s3;
            s4 = TWidth.Value > 4 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, (nuint)(4 * lanes)), s4) : s4;
            s5 = TWidth.Value > 5 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, (nuint)(5 * lanes)), s5) : s5;
            s6 = TWidth.Value > 6 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, (nuint)(6 * lanes)), s6) : s6;
            s7 = TWidth.Value > 7 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, (nuint)(7 * lanes)), s7) : s7;
            s8 = TWidth.Value > 8 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, (nuint)(8 * lanes)), s8) : s8;
            s9 = TWidth.Value > 9 ? TLanes.MultiplyAdd(x, TLanes.Load(ref line, (nuint)(9 * lanes)), s9) : s9;
        }

        ProductTarget<TVector, TLanes>.Store(s0, ref c, 0);
        if (TWidth.Value > 1)
        {
            ProductTarget<TVector, TLanes>.Store(s1, ref c, (nuint)(1 * lanes));
        }

        if (TWidth.Value > 2)
        {
            ProductTarget<TVector, TLanes>.Store(s2, ref c, (nuint)(2 * lanes));
        }

        if (TWidth.Value > 3)
        {
            ProductTarget<TVector, TLanes>.Store(s3, ref c, (nuint)(3 * lanes));
        }

        if (TWidth.Value > 4)
        {
            ProductTarget<TVector, TLanes>.Store(s4, ref c, (nuint)(4 * lanes));
        }

        if (TWidth.Value > 5)
        {
            ProductTarget<TVector, TLanes>.Store(s5, ref c, (nuint)(5 * lanes));
        }

        if (TWidth.Value > 6)
        {
            ProductTarget<TVector, TLanes>.Store(s6, ref c, (nuint)(6 * lanes));
        }

        if (TWidth.Value > 7)
        {
            ProductTarget<TVector, TLanes>.Store(s7, ref c, (nuint)(7 * lanes));
        }

        if (TWidth.Value > 8)
        {
            ProductTarget<TVector, TLanes>.Store(s8, ref c, (nuint)(8 * lanes));
        }

        if (TWidth.Value > 9)
        {
            ProductTarget<TVector, TLanes>.Store(s9, ref c, (nuint)(9 * lanes));
        }
    }
}
