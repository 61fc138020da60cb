using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>D16M16: data and model in signed 16-bit numbers, −32767 … 32767. The same bits on every tier with one thread.</summary>
internal sealed class ShortLinearKernel : LinearKernel
{
    private const int Lanes = 32;
    private const int Top = short.MaxValue;

    private readonly int _stride;
    private readonly float _inputStep;
    private readonly float _weightStep;
    private readonly AlignedMemory _data;
    private readonly AlignedMemory _model;

    public ShortLinearKernel(int rows, int width, float inputRange, float weightRange)
    {
        _stride = (width + Lanes - 1) & -Lanes;
        (_inputStep, _weightStep) = (inputRange / Top, weightRange / Top);
        _data = new AlignedMemory(checked(rows * _stride * sizeof(short)));
        _model = new AlignedMemory(_stride * sizeof(short));
    }

    public override void Load(int row, ReadOnlySpan<float> inputs)
    {
        var grid = new WeightGrid(_inputStep, Top);
        var codes = _data.As<short>().Slice(row * _stride, inputs.Length);
        for (var i = 0; i < inputs.Length; i++)
        {
            codes[i] = (short)grid.Nearest(inputs[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float Dot(int row)
    {
        ref var x = ref Unsafe.Add(ref Unsafe.As<byte, short>(ref _data.Start), row * _stride);
        ref var w = ref Unsafe.As<byte, short>(ref _model.Start);
        var (even, odd) = (Vector512<float>.Zero, Vector512<float>.Zero);
        nuint i = 0;

        // Two products fit 32 bits (2·32767² < 2³¹), more do not: sums go on in fp32, sixteen of them in a fixed order.
        for (; i + (2 * Lanes) <= (nuint)_stride; i += 2 * Lanes)
        {
            even += Vector512.ConvertToSingle(WideProducts.SumOfTwo(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref w, i)));
            odd += Vector512.ConvertToSingle(WideProducts.SumOfTwo(Vector512.LoadUnsafe(ref x, i + Lanes), Vector512.LoadUnsafe(ref w, i + Lanes)));
        }

        for (; i < (nuint)_stride; i += Lanes)
        {
            even += Vector512.ConvertToSingle(WideProducts.SumOfTwo(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref w, i)));
        }

        return WideProducts.SumInOrder(even + odd) * (_inputStep * _weightStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(int row, float factor, Rounding rounding, RandomDraw draw, RandomLanes lanes, RandomNumbers chance)
    {
        var (multiplier, shift) = FixedPointFactor.Of(factor * _inputStep / _weightStep, 15, rounding, chance);
        ref var data = ref Unsafe.Add(ref Unsafe.As<byte, short>(ref _data.Start), row * _stride);
        ref var next = ref Unsafe.As<short, byte>(ref Unsafe.Add(ref data, _stride));
        ref var model = ref Unsafe.As<byte, short>(ref _model.Start);
        ref var state = ref lanes.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var times = Vector512.Create(multiplier);
        var mask = Vector512.Create((short)((1 << shift) - 1));
        var bottom = Vector512.Create((short)-Top);
        var fresh = rounding == Rounding.Stochastic && draw == RandomDraw.Fresh;
        var random = Vector512.Create((short)((1 << shift) >> 1));
        if (rounding == Rounding.Stochastic && !fresh)
        {
            random = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16() & mask;
        }

        for (nuint i = 0; i < (nuint)_stride; i += Lanes)
        {
            if (fresh)
            {
                random = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16() & mask;
            }

            FetchAhead(ref next, 2 * i);
            var change = Vector512.ShiftRightArithmetic(WideProducts.HighRounded(Vector512.LoadUnsafe(ref data, i), times) + random, shift);
            Vector512.Max(bottom, WideProducts.AddSaturating(Vector512.LoadUnsafe(ref model, i), change)).StoreUnsafe(ref model, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }

    public override int Stride => _stride;

    public override void Gather(int row, float factor, Span<float> sums) =>
        PointAddition<short, ShortStore>.Gather(_data.As<short>().Slice(row * _stride, _stride), factor * _inputStep, sums);

    public override void AddGathered(ReadOnlySpan<float> sums, Rounding rounding, RandomLanes lanes) =>
        PointAddition<short, ShortStore>.Add(_model.As<short>(), sums, 1 / _weightStep, rounding, lanes);

    public override void CopyWeights(Span<float> weights)
    {
        var codes = _model.As<short>();
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = codes[i] * _weightStep;
        }
    }
}
