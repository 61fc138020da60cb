using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Points of a grid from −range to range: there is no other copy of a number. <see cref="GridKernelTwin.Moved"/> is the scalar twin of the addition.</summary>
internal sealed class PointNumbers<T, TPoints> : StoredNumbers
    where T : unmanaged, IBinaryInteger<T>
    where TPoints : struct, IPoints<T>
{
    private const int Lanes = RandomLanes.Count;

    private readonly AlignedMemory _memory;
    private readonly WeightGrid _grid;

    public PointNumbers(int length, float range)
        : base(length)
    {
        _memory = new AlignedMemory(checked(length * Unsafe.SizeOf<T>()));
        _grid = new WeightGrid(range / TPoints.Top, TPoints.Top);
    }

    public override ReadOnlySpan<float> View(Span<float> buffer)
    {
        Decode(0, buffer[..Length]);
        return buffer[..Length];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decode(int start, Span<float> values)
    {
        var points = _memory.As<T>().Slice(start, values.Length);
        ref var point = ref MemoryMarshal.GetReference(points);
        ref var first = ref MemoryMarshal.GetReference(values);
        var step = Vector512.Create(_grid.Step);
        nuint i = 0;
        for (; i + Lanes <= (nuint)values.Length; i += Lanes)
        {
            (TPoints.Load(ref point, i) * step).StoreUnsafe(ref first, i);
        }

        for (; i < (nuint)values.Length; i++)
        {
            values[(int)i] = float.CreateTruncating(points[(int)i]) * _grid.Step;
        }
    }

    public override void Encode(int start, ReadOnlySpan<float> values)
    {
        var points = _memory.As<T>().Slice(start, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            points[i] = T.CreateTruncating(_grid.Nearest(values[i]));
        }
    }

    public override void Add(ReadOnlySpan<float> changes, float factor, Rounding rounding, RandomLanes random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(changes.Length, Length);
        if (rounding == Rounding.Stochastic)
        {
            Add<FreshDraw>(changes, factor / _grid.Step, random);
        }
        else
        {
            Add<NoDraw>(changes, factor / _grid.Step, random);
        }
    }

    /// <summary>The change alone is rounded, not the sum: of a sum with thousands of steps fp32 would keep too little behind the point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add<TDraw>(ReadOnlySpan<float> changes, float factor, RandomLanes random)
        where TDraw : struct, IDraw
    {
        ref var change = ref MemoryMarshal.GetReference(changes);
        ref var point = ref MemoryMarshal.GetReference(_memory.As<T>());
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var (times, unit, top) = (Vector512.Create(factor), Vector512.Create(WideGrid.Unit), Vector512.Create((float)TPoints.Top));
        var words = w;
        for (nuint i = 0; i < (nuint)Length; i += Lanes)
        {
            var steps = Vector512.LoadUnsafe(ref change, i) * times;
            if (TDraw.IsRandom)
            {
                words = i % GridKernel.Block == 0 ? RandomLanes.Next(ref x, ref y, ref z, ref w) : GridLanes512.TurnByEight(words);
                steps += Vector512.ConvertToSingle(words.AsInt32()) * unit;
            }

            var sum = TPoints.Load(ref point, i) + Vector512.Round(steps);
            TPoints.Store(Vector512.MinNative(top, Vector512.MaxNative(-top, sum)), ref point, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }
}
