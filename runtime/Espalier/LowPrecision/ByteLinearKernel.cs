using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>D8M8: data and model in signed bytes, −127 … 127. The same bits on every tier with one thread.</summary>
internal sealed class ByteLinearKernel : LinearKernel
{
    private const int Lanes = 64;
    private const int Top = 127;

    private readonly int _stride;
    private readonly float _inputStep;
    private readonly float _weightStep;
    private readonly AlignedMemory _data;
    private readonly AlignedMemory _model;

    public ByteLinearKernel(int rows, int width, float inputRange, float weightRange)
    {
        _stride = (width + Lanes - 1) & -Lanes;
        (_inputStep, _weightStep) = (inputRange / Top, weightRange / Top);
        _data = new AlignedMemory(checked(rows * _stride));
        _model = new AlignedMemory(_stride);
    }

    public override void Load(int row, ReadOnlySpan<float> inputs) =>
        new GridRounding(Rounding.Nearest).Round(inputs, _data.As<sbyte>().Slice(row * _stride, inputs.Length), _inputStep, Top);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float Dot(int row)
    {
        ref var x = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref _data.Start, row * _stride));
        ref var w = ref Unsafe.As<byte, sbyte>(ref _model.Start);
        var (even, odd) = (Vector512<int>.Zero, Vector512<int>.Zero);
        nuint i = 0;
        for (; i + (2 * Lanes) <= (nuint)_stride; i += 2 * Lanes)
        {
            even += WideProducts.SumOfFour(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref w, i));
            odd += WideProducts.SumOfFour(Vector512.LoadUnsafe(ref x, i + Lanes), Vector512.LoadUnsafe(ref w, i + Lanes));
        }

        for (; i < (nuint)_stride; i += Lanes)
        {
            even += WideProducts.SumOfFour(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref w, i));
        }

        return Vector512.Sum(even + odd) * (_inputStep * _weightStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(int row, float factor, Rounding rounding, RandomDraw draw, RandomLanes lanes, RandomNumbers chance)
    {
        // Codes enter as the upper halves of 16-bit numbers, so the multiplication that divides by 2¹⁵ divides by 2⁷.
        var (multiplier, shift) = FixedPointFactor.Of(factor * _inputStep / _weightStep, 7, rounding, chance);
        ref var data = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref _data.Start, row * _stride));
        ref var next = ref Unsafe.Add(ref Unsafe.As<sbyte, byte>(ref data), _stride);
        ref var model = ref Unsafe.As<byte, sbyte>(ref _model.Start);
        ref var state = ref lanes.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var times = Vector512.Create(multiplier);
        var mask = Vector512.Create((short)((1 << shift) - 1));
        var bottom = Vector512.Create((sbyte)-Top);
        var fresh = rounding == Rounding.Stochastic && draw == RandomDraw.Fresh;
        var low = Vector512.Create((short)((1 << shift) >> 1));
        var high = low;
        if (rounding == Rounding.Stochastic && !fresh)
        {
            low = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16() & mask;
            high = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16() & mask;
        }

        for (nuint i = 0; i < (nuint)_stride; i += Lanes)
        {
            if (fresh)
            {
                low = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16() & mask;
                high = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16() & mask;
            }

            FetchAhead(ref next, i);
            var (first, second) = WideProducts.UpperHalves(Vector512.LoadUnsafe(ref data, i));
            var a = Vector512.ShiftRightArithmetic(WideProducts.HighRounded(first, times) + low, shift);
            var b = Vector512.ShiftRightArithmetic(WideProducts.HighRounded(second, times) + high, shift);
            var sum = WideProducts.AddSaturating(Vector512.LoadUnsafe(ref model, i), WideProducts.Pack(a, b));
            Vector512.Max(bottom, sum).StoreUnsafe(ref model, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }

    public override int Stride => _stride;

    public override void Gather(int row, float factor, Span<float> sums) =>
        PointAddition<sbyte, ByteStore>.Gather(_data.As<sbyte>().Slice(row * _stride, _stride), factor * _inputStep, sums);

    public override void AddGathered(ReadOnlySpan<float> sums, Rounding rounding, RandomLanes lanes) =>
        PointAddition<sbyte, ByteStore>.Add(_model.As<sbyte>(), sums, 1 / _weightStep, rounding, lanes);

    public override void CopyWeights(Span<float> weights)
    {
        var codes = _model.As<sbyte>();
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = codes[i] * _weightStep;
        }
    }
}
