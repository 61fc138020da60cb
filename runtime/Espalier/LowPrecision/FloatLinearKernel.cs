using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>D32fM32f: what low precision is measured against.</summary>
internal sealed class FloatLinearKernel(int rows, int width) : LinearKernel
{
    private const int Lanes = 16;

    private readonly int _stride = (width + (4 * Lanes) - 1) & -(4 * Lanes);
    private readonly AlignedMemory _data = new(checked(rows * ((width + (4 * Lanes) - 1) & -(4 * Lanes)) * sizeof(float)));
    private readonly AlignedMemory _model = new(((width + (4 * Lanes) - 1) & -(4 * Lanes)) * sizeof(float));

    public override void Load(int row, ReadOnlySpan<float> inputs) => inputs.CopyTo(_data.As<float>().Slice(row * _stride, inputs.Length));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float Dot(int row)
    {
        ref var x = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref _data.Start), row * _stride);
        ref var w = ref Unsafe.As<byte, float>(ref _model.Start);
        var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        for (nuint i = 0; i < (nuint)_stride; i += 4 * Lanes)
        {
            a = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref w, i), a);
            b = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref x, i + Lanes), Vector512.LoadUnsafe(ref w, i + Lanes), b);
            c = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref x, i + (2 * Lanes)), Vector512.LoadUnsafe(ref w, i + (2 * Lanes)), c);
            d = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref x, i + (3 * Lanes)), Vector512.LoadUnsafe(ref w, i + (3 * Lanes)), d);
        }

        return WideProducts.SumInOrder(a + b + (c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(int row, float factor, Rounding rounding, RandomDraw draw, RandomLanes lanes, RandomNumbers chance)
    {
        ref var x = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref _data.Start), row * _stride);
        ref var w = ref Unsafe.As<byte, float>(ref _model.Start);
        ref var next = ref Unsafe.As<float, byte>(ref Unsafe.Add(ref x, _stride));
        var times = Vector512.Create(factor);
        for (nuint i = 0; i < (nuint)_stride; i += 2 * Lanes)
        {
            FetchAhead(ref next, 4 * i);
            FetchAhead(ref next, 4 * (i + Lanes));
            Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref x, i), times, Vector512.LoadUnsafe(ref w, i)).StoreUnsafe(ref w, i);
            Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref x, i + Lanes), times, Vector512.LoadUnsafe(ref w, i + Lanes)).StoreUnsafe(ref w, i + Lanes);
        }
    }

    public override int Stride => _stride;

    public override void Gather(int row, float factor, Span<float> sums) => AddMultiple(_data.As<float>().Slice(row * _stride, _stride), factor, sums);

    public override void AddGathered(ReadOnlySpan<float> sums, Rounding rounding, RandomLanes lanes) => AddMultiple(sums, 1, _model.As<float>());

    public override void CopyWeights(Span<float> weights) => _model.As<float>()[..weights.Length].CopyTo(weights);

    private static void AddMultiple(ReadOnlySpan<float> values, float factor, Span<float> sums)
    {
        for (var i = 0; i < sums.Length; i += Vector<float>.Count)
        {
            (new Vector<float>(sums[i..]) + (new Vector<float>(values[i..]) * factor)).CopyTo(sums[i..]);
        }
    }
}
