using System.Runtime.CompilerServices;

namespace Espalier;

/// <summary>
/// A tile of C in registers where B and C are bf16: up to twelve rows of a pair of vectors. One load brings the numbers of two vectors, those of even
/// columns in lower halves and those of odd columns in upper ones: a shift and a mask make floats of them, on ports that multiply-adds leave
/// free. 24 sums take 13 loads, and sums go back as they came, the even ones shifted under the odd ones, without any permutation.
/// </summary>
internal static class PairTile<TVector, TLanes>
    where TVector : struct
    where TLanes : IHalfLanes<TVector>
{
    /// <summary>Adds a block of terms to a tile.</summary>
    /// <typeparam name="TFactor">What A is made of: floats, or bf16 as <see cref="ushort"/>.</typeparam>
    /// <typeparam name="TOrder">How A lies.</typeparam>
    /// <typeparam name="TRows">Rows.</typeparam>
    /// <typeparam name="TWidth">Vectors: a pair, or one, whose columns stay in order.</typeparam>
    /// <typeparam name="TNumber">What C is made of: <see cref="ushort"/> when sums are complete, float, in the order of <paramref name="first"/>, until then.</typeparam>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="a">The tile's first number of A.</param>
    /// <param name="depthStride">From one term of A to the next.</param>
    /// <param name="b">The tile's first number of B.</param>
    /// <param name="stride">From one row of B to the next.</param>
    /// <param name="first">What the sums start from: of a pair first those of even columns.</param>
    /// <param name="firstStride">From one row of that to the next; 0 when all rows start alike.</param>
    /// <param name="bottom">What complete sums are raised to: 0 for ReLU.</param>
    /// <param name="c">The tile's first number of C.</param>
    /// <param name="cStride">From one row of C to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<TFactor, TOrder, TRows, TWidth, TNumber>(
        int depth, ref TFactor a, nint depthStride, ref ushort b, nint stride, ref float first, nint firstStride, float bottom, ref TNumber c, nint cStride)
        where TFactor : unmanaged
        where TOrder : IFactorOrder<TFactor>
        where TRows : ICompiledCount
        where TWidth : ICompiledCount
        where TNumber : unmanaged
    {
        var lanes = (nuint)TLanes.Count;
        var e0 = TLanes.Load(ref first, 0);
        var o0 = TWidth.Value > 1 ? TLanes.Load(ref first, lanes) : default;
        var e1 = TRows.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, firstStride), 0) : default;
        var o1 = TRows.Value > 1 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, firstStride), lanes) : default;
        var e2 = TRows.Value > 2 ? TLanes.Load(ref Unsafe.Add(ref first, 2 * firstStride), 0) : default;
        var o2 = TRows.Value > 2 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 2 * firstStride), lanes) : default;
        var e3 = TRows.Value > 3 ? TLanes.Load(ref Unsafe.Add(ref first, 3 * firstStride), 0) : default;
        var o3 = TRows.Value > 3 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 3 * firstStride), lanes) : default;
        var e4 = TRows.Value > 4 ? TLanes.Load(ref Unsafe.Add(ref first, 4 * firstStride), 0) : default;
        var o4 = TRows.Value > 4 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 4 * firstStride), lanes) : default;
        var e5 = TRows.Value > 5 ? TLanes.Load(ref Unsafe.Add(ref first, 5 * firstStride), 0) : default;
        var o5 = TRows.Value > 5 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 5 * firstStride), lanes) : default;
        var e6 = TRows.Value > 6 ? TLanes.Load(ref Unsafe.Add(ref first, 6 * firstStride), 0) : default;
        var o6 = TRows.Value > 6 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 6 * firstStride), lanes) : default;
        var e7 = TRows.Value > 7 ? TLanes.Load(ref Unsafe.Add(ref first, 7 * firstStride), 0) : default;
        var o7 = TRows.Value > 7 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 7 * firstStride), lanes) : default;
        var e8 = TRows.Value > 8 ? TLanes.Load(ref Unsafe.Add(ref first, 8 * firstStride), 0) : default;
        var o8 = TRows.Value > 8 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 8 * firstStride), lanes) : default;
        var e9 = TRows.Value > 9 ? TLanes.Load(ref Unsafe.Add(ref first, 9 * firstStride), 0) : default;
        var o9 = TRows.Value > 9 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 9 * firstStride), lanes) : default;
        var e10 = TRows.Value > 10 ? TLanes.Load(ref Unsafe.Add(ref first, 10 * firstStride), 0) : default;
        var o10 = TRows.Value > 10 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 10 * firstStride), lanes) : default;
        var e11 = TRows.Value > 11 ? TLanes.Load(ref Unsafe.Add(ref first, 11 * firstStride), 0) : default;
        var o11 = TRows.Value > 11 && TWidth.Value > 1 ? TLanes.Load(ref Unsafe.Add(ref first, 11 * firstStride), lanes) : default;

        for (var k = 0; k < depth; k++)
        {
            TVector odd = default;
            var even = TWidth.Value > 1 ? TLanes.LoadPair(ref b, out odd) : TLanes.LoadHalves(ref b);
            var x = Broadcast(ref a);
            e0 = TLanes.MultiplyAdd(x, even, e0);
            o0 = TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o0) : o0;
            x = TRows.Value > 1 ? Broadcast(ref Unsafe.Add(ref a, TOrder.RowStride)) : default;
            e1 = TRows.Value > 1 ? TLanes.MultiplyAdd(x, even, e1) : e1;
            o1 = TRows.Value > 1 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o1) : o1;
            x = TRows.Value > 2 ? Broadcast(ref Unsafe.Add(ref a, 2 * TOrder.RowStride)) : default;
            e2 = TRows.Value > 2 ? TLanes.MultiplyAdd(x, even, e2) : e2;
            o2 = TRows.Value > 2 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o2) : o2;
            x = TRows.Value > 3 ? Broadcast(ref Unsafe.Add(ref a, 3 * TOrder.RowStride)) : default;
            e3 = TRows.Value > 3 ? TLanes.MultiplyAdd(x, even, e3) : e3;
            o3 = TRows.Value > 3 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o3) : o3;
            x = TRows.Value > 4 ? Broadcast(ref Unsafe.Add(ref a, 4 * TOrder.RowStride)) : default;
            e4 = TRows.Value > 4 ? TLanes.MultiplyAdd(x, even, e4) : e4;
            o4 = TRows.Value > 4 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o4) : o4;
            x = TRows.Value > 5 ? Broadcast(ref Unsafe.Add(ref a, 5 * TOrder.RowStride)) : default;
            e5 = TRows.Value > 5 ? TLanes.MultiplyAdd(x, even, e5) : e5;
            o5 = TRows.Value > 5 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o5) : o5;
            x = TRows.Value > 6 ? Broadcast(ref Unsafe.Add(ref a, 6 * TOrder.RowStride)) : default;
            e6 = TRows.Value > 6 ? TLanes.MultiplyAdd(x, even, e6) : e6;
            o6 = TRows.Value > 6 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o6) : o6;
            x = TRows.Value > 7 ? Broadcast(ref Unsafe.Add(ref a, 7 * TOrder.RowStride)) : default;
            e7 = TRows.Value > 7 ? TLanes.MultiplyAdd(x, even, e7) : e7;
            o7 = TRows.Value > 7 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o7) : o7;
            x = TRows.Value > 8 ? Broadcast(ref Unsafe.Add(ref a, 8 * TOrder.RowStride)) : default;
            e8 = TRows.Value > 8 ? TLanes.MultiplyAdd(x, even, e8) : e8;
            o8 = TRows.Value > 8 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o8) : o8;
            x = TRows.Value > 9 ? Broadcast(ref Unsafe.Add(ref a, 9 * TOrder.RowStride)) : default;
            e9 = TRows.Value > 9 ? TLanes.MultiplyAdd(x, even, e9) : e9;
            o9 = TRows.Value > 9 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o9) : o9;
            x = TRows.Value > 10 ? Broadcast(ref Unsafe.Add(ref a, 10 * TOrder.RowStride)) : default;
            e10 = TRows.Value > 10 ? TLanes.MultiplyAdd(x, even, e10) : e10;
            o10 = TRows.Value > 10 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o10) : o10;
            x = TRows.Value > 11 ? Broadcast(ref Unsafe.Add(ref a, 11 * TOrder.RowStride)) : default;
            e11 = TRows.Value > 11 ? TLanes.MultiplyAdd(x, even, e11) : e11;
            o11 = TRows.Value > 11 && TWidth.Value > 1 ? TLanes.MultiplyAdd(x, odd, o11) : o11;
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, stride);
        }

        var floor = TLanes.Broadcast(bottom);
        Store<TWidth, TNumber>(e0, o0, floor, ref c);
        if (TRows.Value > 1)
        {
            Store<TWidth, TNumber>(e1, o1, floor, ref Unsafe.Add(ref c, cStride));
        }

        if (TRows.Value > 2)
        {
            Store<TWidth, TNumber>(e2, o2, floor, ref Unsafe.Add(ref c, 2 * cStride));
        }

        if (TRows.Value > 3)
        {
            Store<TWidth, TNumber>(e3, o3, floor, ref Unsafe.Add(ref c, 3 * cStride));
        }

        if (TRows.Value > 4)
        {
            Store<TWidth, TNumber>(e4, o4, floor, ref Unsafe.Add(ref c, 4 * cStride));
        }

        if (TRows.Value > 5)
        {
            Store<TWidth, TNumber>(e5, o5, floor, ref Unsafe.Add(ref c, 5 * cStride));
        }

        if (TRows.Value > 6)
        {
            Store<TWidth, TNumber>(e6, o6, floor, ref Unsafe.Add(ref c, 6 * cStride));
        }

        if (TRows.Value > 7)
        {
            Store<TWidth, TNumber>(e7, o7, floor, ref Unsafe.Add(ref c, 7 * cStride));
        }

        if (TRows.Value > 8)
        {
            Store<TWidth, TNumber>(e8, o8, floor, ref Unsafe.Add(ref c, 8 * cStride));
        }

        if (TRows.Value > 9)
        {
            Store<TWidth, TNumber>(e9, o9, floor, ref Unsafe.Add(ref c, 9 * cStride));
        }

        if (TRows.Value > 10)
        {
            Store<TWidth, TNumber>(e10, o10, floor, ref Unsafe.Add(ref c, 10 * cStride));
        }

        if (TRows.Value > 11)
        {
            Store<TWidth, TNumber>(e11, o11, floor, ref Unsafe.Add(ref c, 11 * cStride));
        }
    }

    /// <summary>A number of bf16 in both halves of each lane, of which the lower is masked: as many instructions as there is room for beside the multiply-adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Broadcast<TFactor>(ref TFactor factor)
        where TFactor : unmanaged => typeof(TFactor) == typeof(ushort)
            ? TLanes.BroadcastHalf(Unsafe.As<TFactor, ushort>(ref factor))
            : TLanes.Broadcast(Unsafe.As<TFactor, float>(ref factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TWidth, TNumber>(TVector even, TVector odd, TVector floor, ref TNumber c)
        where TWidth : ICompiledCount
        where TNumber : unmanaged
    {
        if (typeof(TNumber) == typeof(float))
        {
            ref var sums = ref Unsafe.As<TNumber, float>(ref c);
            TLanes.Store(even, ref sums, 0);
            if (TWidth.Value > 1)
            {
                TLanes.Store(odd, ref sums, (nuint)TLanes.Count);
            }

            return;
        }

        ref var halves = ref Unsafe.As<TNumber, ushort>(ref c);
        if (TWidth.Value > 1)
        {
            TLanes.StorePair(TLanes.Max(even, floor), TLanes.Max(odd, floor), ref halves);
        }
        else
        {
            TLanes.StoreHalves(TLanes.Max(even, floor), ref halves);
        }
    }
}
