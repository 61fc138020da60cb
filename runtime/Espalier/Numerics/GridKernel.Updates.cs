using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier.Numerics;

/// <content>Rounding of weights that an update has moved off their points.</content>
internal static partial class GridKernel
{
    /// <summary>Rounds weights that an update has moved off their points, and counts the updates that round to nothing.</summary>
    /// <param name="values">The moved weights, a multiple of sixteen; on the grid afterwards.</param>
    /// <param name="points">The points they were on before, in steps; those they are on afterwards.</param>
    /// <param name="grid">Where to.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <typeparam name="TDraw">How random numbers are drawn.</typeparam>
    public static UpdateCounts Update<TDraw>(Span<float> values, Span<short> points, WeightGrid grid, RandomLanes random)
        where TDraw : struct, IDraw
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var point = ref MemoryMarshal.GetReference(points);
        if (Vector512.IsHardwareAccelerated)
        {
            return UpdateStretch<TDraw, GridLanes512, Vector512<float>, Vector512<uint>>(ref first, ref point, 0, values.Length, grid, ref random.Words);
        }

        var counts = default(UpdateCounts);
        for (var start = 0; start < values.Length; start += Stretch)
        {
            var end = Math.Min(start + Stretch, values.Length);
            for (var group = 0; group < RandomLanes.Count; group += GridLanes256.Count)
            {
                counts += UpdateStretch<TDraw, GridLanes256, Vector256<float>, Vector256<uint>>(
                    ref Unsafe.Add(ref first, group), ref Unsafe.Add(ref point, group), start, end, grid, ref Unsafe.Add(ref random.Words, group));
            }
        }

        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static UpdateCounts UpdateStretch<TDraw, TLanes, TFloats, TWords>(ref float first, ref short point, int start, int end, WeightGrid grid, ref uint state)
        where TDraw : struct, IDraw
        where TLanes : struct, IGridLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        var (x, y, z, w) = Load<TLanes, TFloats, TWords>(ref state);
        var (step, inverse, half) = (TLanes.Broadcast(grid.Step), TLanes.Broadcast(1 / grid.Step), TLanes.Broadcast(grid.Step * 0.5f));
        var (top, bottom) = (TLanes.Broadcast(grid.Top * grid.Step), TLanes.Broadcast(-grid.Top * grid.Step));
        var words = w;
        var (resting, small) = (0L, 0L);
        for (var i = (nuint)start; i < (nuint)end; i += RandomLanes.Count)
        {
            // Weights of any grid take the way of wide ones: what this loop does besides costs more.
            words = TDraw.IsRandom && i % Block == 0 && TDraw.IsDue(i) ? TLanes.Draw(ref x, ref y, ref z, ref w) : words;
            var value = TLanes.Load(ref first, i);
            var before = TLanes.Multiply(TLanes.LoadPoints(ref point, i), step);
            resting += TLanes.CountEqual(value, before);
            small += TLanes.CountSmaller(TLanes.Subtract(value, before), half);
            var inside = TLanes.Clamp(value, bottom, top);
            var after = TDraw.IsRandom ? WidePoint<TLanes, TFloats, TWords>(inside, step, inverse, words) : TLanes.Nearest(TLanes.Multiply(inside, inverse));
            TLanes.StorePoints(after, ref point, i);
            TLanes.Store(TLanes.Multiply(after, step), ref first, i);
            words = Turn<TDraw, TLanes, TFloats, TWords>(words);
        }

        Store<TLanes, TFloats, TWords>(x, y, z, w, ref state);
        return new UpdateCounts(((end - start) * TLanes.Count / RandomLanes.Count) - resting, small - resting);
    }
}
