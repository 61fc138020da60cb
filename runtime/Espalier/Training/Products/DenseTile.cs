using System.Runtime.CompilerServices;

namespace Espalier;

/// <summary>
/// A tile of C in registers: up to eight rows of up to three vectors. 24 sums take 11 loads, so multiply-adds are the limit and not
/// loads; where there are 16 registers, four rows of three leave one for B's part and one for A's number.
/// </summary>
internal static class DenseTile<TVector, TLanes>
    where TVector : struct
    where TLanes : IFloatLanes<TVector>
{
    /// <summary>Adds a block of terms to a tile.</summary>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="a">The tile's first number of A.</param>
    /// <param name="rowStride">From one row of A to the next.</param>
    /// <param name="depthStride">From one column of A to the next.</param>
    /// <param name="b">The tile's first number of B.</param>
    /// <param name="stride">From one row of B and C to the next.</param>
    /// <param name="first">What the sums start from.</param>
    /// <param name="firstStride">From one row of that to the next; 0 when all rows start alike.</param>
    /// <param name="c">The tile's first number of C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TWidth>(int depth, ref float a, nint rowStride, nint depthStride, ref float b, nint stride, ref float first, nint firstStride, ref float c)
        where TRows : ICompiledCount
        where TWidth : ICompiledCount
    {
        var lanes = TLanes.Count;
        var s00 = TLanes.Load(ref first, 0);
        var s01 = TWidth.Value > 1 ? TLanes.Load(ref first, (nuint)lanes) : default;
        var s02 = TWidth.Value > 2 ? TLanes.Load(ref first, (nuint)(2 * lanes)) : default;
        var s10 = TRows.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, firstStride), 0) : default;
        var s11 = TRows.Value > 1 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, firstStride), (nuint)lanes) : default;
        var s12 = TRows.Value > 1 && TWidth.Value > 2 ? TLanes.Load(ref Unsafe.Add(ref first, firstStride), (nuint)(2 * lanes)) : default;
        var s20 = TRows.Value > 2 ? TLanes.Load(ref Unsafe.Add(ref first, 2 * firstStride), 0) : default;
        var s21 = TRows.Value > 2 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 2 * firstStride), (nuint)lanes) : default;
        var s22 = TRows.Value > 2 && TWidth.Value > 2 ? TLanes.Load(ref Unsafe.Add(ref first, 2 * firstStride), (nuint)(2 * lanes)) : default;
        var s30 = TRows.Value > 3 ? TLanes.Load(ref Unsafe.Add(ref first, 3 * firstStride), 0) : default;
        var s31 = TRows.Value > 3 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 3 * firstStride), (nuint)lanes) : default;
        var s32 = TRows.Value > 3 && TWidth.Value > 2 ? TLanes.Load(ref Unsafe.Add(ref first, 3 * firstStride), (nuint)(2 * lanes)) : default;
        var s40 = TRows.Value > 4 ? TLanes.Load(ref Unsafe.Add(ref first, 4 * firstStride), 0) : default;
        var s41 = TRows.Value > 4 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 4 * firstStride), (nuint)lanes) : default;
        var s42 = TRows.Value > 4 && TWidth.Value > 2 ? TLanes.Load(ref Unsafe.Add(ref first, 4 * firstStride), (nuint)(2 * lanes)) : default;
        var s50 = TRows.Value > 5 ? TLanes.Load(ref Unsafe.Add(ref first, 5 * firstStride), 0) : default;
        var s51 = TRows.Value > 5 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 5 * firstStride), (nuint)lanes) : default;
        var s52 = TRows.Value > 5 && TWidth.Value > 2 ? TLanes.Load(ref Unsafe.Add(ref first, 5 * firstStride), (nuint)(2 * lanes)) : default;
        var s60 = TRows.Value > 6 ? TLanes.Load(ref Unsafe.Add(ref first, 6 * firstStride), 0) : default;
        var s61 = TRows.Value > 6 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 6 * firstStride), (nuint)lanes) : default;
        var s62 = TRows.Value > 6 && TWidth.Value > 2 ? TLanes.Load(ref Unsafe.Add(ref first, 6 * firstStride), (nuint)(2 * lanes)) : default;
        var s70 = TRows.Value > 7 ? TLanes.Load(ref Unsafe.Add(ref first, 7 * firstStride), 0) : default;
        var s71 = TRows.Value > 7 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 7 * firstStride), (nuint)lanes) : default;
        var s72 = TRows.Value > 7 && TWidth.Value > 2 ? TLanes.Load(ref Unsafe.Add(ref first, 7 * firstStride), (nuint)(2 * lanes)) : default;

        for (var k = 0; k < depth; k++)
        {
            var b0 = TLanes.Load(ref b, 0);
            var b1 = TWidth.Value > 1 ? TLanes.Load(ref b, (nuint)lanes) : default;
            var b2 = TWidth.Value > 2 ? TLanes.Load(ref b, (nuint)(2 * lanes)) : default;
            var x = TLanes.Broadcast(a);
            s00 = TLanes.MultiplyAdd(x, b0, s00);
            s01 = TWidth.Value > 1 ? TLanes.MultiplyAdd(x, b1, s01) : s01;
            s02 = TWidth.Value > 2 ? TLanes.MultiplyAdd(x, b2, s02) : s02;
            x = TRows.Value > 1 ? TLanes.Broadcast(Unsafe.Add(ref a, rowStride)) : default;
            s10 = TRows.Value > 1 ? TLanes.MultiplyAdd(x, b0, s10) : s10;
            s11 = TRows.Value > 1 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, b1, s11) : s11;
            s12 = TRows.Value > 1 && TWidth.Value > 2 ? TLanes.MultiplyAdd(x, b2, s12) : s12;
            x = TRows.Value > 2 ? TLanes.Broadcast(Unsafe.Add(ref a, 2 * rowStride)) : default;
            s20 = TRows.Value > 2 ? TLanes.MultiplyAdd(x, b0, s20) : s20;
            s21 = TRows.Value > 2 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, b1, s21) : s21;
            s22 = TRows.Value > 2 && TWidth.Value > 2 ? TLanes.MultiplyAdd(x, b2, s22) : s22;
            x = TRows.Value > 3 ? TLanes.Broadcast(Unsafe.Add(ref a, 3 * rowStride)) : default;
            s30 = TRows.Value > 3 ? TLanes.MultiplyAdd(x, b0, s30) : s30;
            s31 = TRows.Value > 3 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, b1, s31) : s31;
            s32 = TRows.Value > 3 && TWidth.Value > 2 ? TLanes.MultiplyAdd(x, b2, s32) : s32;
            x = TRows.Value > 4 ? TLanes.Broadcast(Unsafe.Add(ref a, 4 * rowStride)) : default;
            s40 = TRows.Value > 4 ? TLanes.MultiplyAdd(x, b0, s40) : s40;
            s41 = TRows.Value > 4 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, b1, s41) : s41;
            s42 = TRows.Value > 4 && TWidth.Value > 2 ? TLanes.MultiplyAdd(x, b2, s42) : s42;
            x = TRows.Value > 5 ? TLanes.Broadcast(Unsafe.Add(ref a, 5 * rowStride)) : default;
            s50 = TRows.Value > 5 ? TLanes.MultiplyAdd(x, b0, s50) : s50;
            s51 = TRows.Value > 5 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, b1, s51) : s51;
            s52 = TRows.Value > 5 && TWidth.Value > 2 ? TLanes.MultiplyAdd(x, b2, s52) : s52;
            x = TRows.Value > 6 ? TLanes.Broadcast(Unsafe.Add(ref a, 6 * rowStride)) : default;
            s60 = TRows.Value > 6 ? TLanes.MultiplyAdd(x, b0, s60) : s60;
            s61 = TRows.Value > 6 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, b1, s61) : s61;
            s62 = TRows.Value > 6 && TWidth.Value > 2 ? TLanes.MultiplyAdd(x, b2, s62) : s62;
            x = TRows.Value > 7 ? TLanes.Broadcast(Unsafe.Add(ref a, 7 * rowStride)) : default;
            s70 = TRows.Value > 7 ? TLanes.MultiplyAdd(x, b0, s70) : s70;
            s71 = TRows.Value > 7 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, b1, s71) : s71;
            s72 = TRows.Value > 7 && TWidth.Value > 2 ? TLanes.MultiplyAdd(x, b2, s72) : s72;

            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, stride);
        }

        StoreRow<TWidth>(s00, s01, s02, ref c);
        if (TRows.Value > 1)
        {
            StoreRow<TWidth>(s10, s11, s12, ref Unsafe.Add(ref c, stride));
        }

        if (TRows.Value > 2)
        {
            StoreRow<TWidth>(s20, s21, s22, ref Unsafe.Add(ref c, 2 * stride));
        }

        if (TRows.Value > 3)
        {
            StoreRow<TWidth>(s30, s31, s32, ref Unsafe.Add(ref c, 3 * stride));
        }

        if (TRows.Value > 4)
        {
            StoreRow<TWidth>(s40, s41, s42, ref Unsafe.Add(ref c, 4 * stride));
        }

        if (TRows.Value > 5)
        {
            StoreRow<TWidth>(s50, s51, s52, ref Unsafe.Add(ref c, 5 * stride));
        }

        if (TRows.Value > 6)
        {
            StoreRow<TWidth>(s60, s61, s62, ref Unsafe.Add(ref c, 6 * stride));
        }

        if (TRows.Value > 7)
        {
            StoreRow<TWidth>(s70, s71, s72, ref Unsafe.Add(ref c, 7 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TWidth>(TVector s0, TVector s1, TVector s2, ref float c)
        where TWidth : ICompiledCount
    {
        TLanes.Store(s0, ref c, 0);
        if (TWidth.Value > 1)
        {
            TLanes.Store(s1, ref c, (nuint)TLanes.Count);
        }

        if (TWidth.Value > 2)
        {
            TLanes.Store(s2, ref c, (nuint)(2 * TLanes.Count));
        }
    }
}
