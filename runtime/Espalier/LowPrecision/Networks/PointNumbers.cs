using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Points of a grid from −range to range: there is no other copy of a number.</summary>
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

    public override void Add(ReadOnlySpan<float> changes, float factor, Rounding rounding, RandomLanes random) =>
        PointAddition<T, TPoints>.Add(_memory.As<T>(), changes, factor / _grid.Step, rounding, random);
}
