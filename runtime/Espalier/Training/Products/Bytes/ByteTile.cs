using System.Runtime.CompilerServices;

namespace Espalier;

/// <summary>
/// A tile of sums in registers: up to four rows of up to three vectors. AVX-VNNI reaches 16 registers: twelve sums, three parts of B
/// and one quad of A; twelve chains hide the latency of the products.
/// </summary>
internal static class ByteTile<TVector, TLanes>
    where TVector : struct
    where TLanes : IByteLanes<TVector>
{
    /// <param name="quads">Quads of each sum.</param>
    /// <param name="a">The tile's first quad of A: unsigned bytes.</param>
    /// <param name="rowStride">From one row of A to the next, in quads.</param>
    /// <param name="quadStride">From one quad of a row to the next.</param>
    /// <param name="b">The tile's first quad of B: signed bytes.</param>
    /// <param name="stride">From one row of B and C to the next.</param>
    /// <param name="start">What all rows start from.</param>
    /// <param name="c">The tile's first sum.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TWidth>(int quads, ref int a, nint rowStride, nint quadStride, ref int b, nint stride, ref int start, ref int c)
        where TRows : ICompiledCount
        where TWidth : ICompiledCount
    {
        var lanes = TLanes.Count;
        var s00 = TLanes.Load(ref start, 0);
        var s01 = TWidth.Value > 1 ? TLanes.Load(ref start, (nuint)lanes) : default;
        var s02 = TWidth.Value > 2 ? TLanes.Load(ref start, (nuint)(2 * lanes)) : default;
        var (s10, s20, s30) = (s00, s00, s00);
        var (s11, s21, s31) = (s01, s01, s01);
        var (s12, s22, s32) = (s02, s02, s02);
        for (var k = 0; k < quads; k++)
        {
            var b0 = TLanes.Load(ref b, 0);
            var b1 = TWidth.Value > 1 ? TLanes.Load(ref b, (nuint)lanes) : default;
            var b2 = TWidth.Value > 2 ? TLanes.Load(ref b, (nuint)(2 * lanes)) : default;
            var x = TLanes.Broadcast(a);
            s00 = TLanes.AddProducts(s00, x, b0);
            s01 = TWidth.Value > 1 ? TLanes.AddProducts(s01, x, b1) : s01;
            s02 = TWidth.Value > 2 ? TLanes.AddProducts(s02, x, b2) : s02;
            x = TRows.Value > 1 ? TLanes.Broadcast(Unsafe.Add(ref a, rowStride)) : default;
            s10 = TRows.Value > 1 ? TLanes.AddProducts(s10, x, b0) : s10;
            s11 = TRows.Value > 1 && TWidth.Value > 1 ? TLanes.AddProducts(s11, x, b1) : s11;
            s12 = TRows.Value > 1 && TWidth.Value > 2 ? TLanes.AddProducts(s12, x, b2) : s12;
            x = TRows.Value > 2 ? TLanes.Broadcast(Unsafe.Add(ref a, 2 * rowStride)) : default;
            s20 = TRows.Value > 2 ? TLanes.AddProducts(s20, x, b0) : s20;
            s21 = TRows.Value > 2 && TWidth.Value > 1 ? TLanes.AddProducts(s21, x, b1) : s21;
            s22 = TRows.Value > 2 && TWidth.Value > 2 ? TLanes.AddProducts(s22, x, b2) : s22;
            x = TRows.Value > 3 ? TLanes.Broadcast(Unsafe.Add(ref a, 3 * rowStride)) : default;
            s30 = TRows.Value > 3 ? TLanes.AddProducts(s30, x, b0) : s30;
            s31 = TRows.Value > 3 && TWidth.Value > 1 ? TLanes.AddProducts(s31, x, b1) : s31;
            s32 = TRows.Value > 3 && TWidth.Value > 2 ? TLanes.AddProducts(s32, x, b2) : s32;
            a = ref Unsafe.Add(ref a, quadStride);
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TWidth>(TVector s0, TVector s1, TVector s2, ref int c)
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
