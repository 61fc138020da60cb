using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Arrays of bf16, the upper halves of floats: half the bytes, and a shift apart from fp32, in which all arithmetic is done.</summary>
internal static class Bf16Numbers
{
    private const int Lanes = 16;

    /// <summary>As floats, exactly.</summary>
    /// <param name="halves">A multiple of sixteen.</param>
    /// <param name="floats">As many.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<ushort> halves, Span<float> floats)
    {
        _ = halves.IsEmpty ? 0 : floats[halves.Length - 1];
        ref var from = ref MemoryMarshal.GetReference(halves);
        ref var to = ref MemoryMarshal.GetReference(floats);
        for (nuint i = 0; i < (nuint)halves.Length; i += Lanes)
        {
            Load(ref from, i).StoreUnsafe(ref to, i);
        }
    }

    /// <summary>To the nearest bf16, halves to the even one; rectified first where asked to.</summary>
    /// <param name="floats">A multiple of sixteen finite numbers.</param>
    /// <param name="halves">As many.</param>
    /// <param name="rectify">Whether numbers below 0 become 0.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(ReadOnlySpan<float> floats, Span<ushort> halves, bool rectify = false)
    {
        _ = floats.IsEmpty ? 0 : halves[floats.Length - 1];
        ref var from = ref MemoryMarshal.GetReference(floats);
        ref var to = ref MemoryMarshal.GetReference(halves);
        var bottom = Vector512.Create(rectify ? 0f : float.NegativeInfinity);
        nuint i = 0;
        if (Avx512BW.IsSupported)
        {
            // One permutation takes the upper halves of two vectors: a shift and a narrowing move for each take three times as long.
            var odd = Vector512<ushort>.Indices * 2 + Vector512<ushort>.One;
            for (; i + (2 * Lanes) <= (nuint)floats.Length; i += 2 * Lanes)
            {
                var (a, b) = (Nearest(Vector512.Max(bottom, Vector512.LoadUnsafe(ref from, i))), Nearest(Vector512.Max(bottom, Vector512.LoadUnsafe(ref from, i + Lanes))));
                Avx512BW.PermuteVar32x16x2(a.AsUInt16(), odd, b.AsUInt16()).StoreUnsafe(ref to, i);
            }
        }

        for (; i < (nuint)floats.Length; i += Lanes)
        {
            Upper(Nearest(Vector512.Max(bottom, Vector512.LoadUnsafe(ref from, i)))).StoreUnsafe(ref to, i);
        }
    }

    /// <summary>Sums of a matrix's columns: the gradient of a bias.</summary>
    /// <param name="rows">Row after row, each as long as <paramref name="sums"/>.</param>
    /// <param name="sums">A multiple of sixteen floats.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SumColumns(ReadOnlySpan<ushort> rows, Span<float> sums)
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        for (nuint column = 0; column < (nuint)sums.Length; column += Lanes)
        {
            // Two sums, since one would wait for itself.
            var (even, odd) = (Vector512<float>.Zero, Vector512<float>.Zero);
            var at = column;
            for (; at + (nuint)sums.Length < (nuint)rows.Length; at += 2 * (nuint)sums.Length)
            {
                even += Load(ref first, at);
                odd += Load(ref first, at + (nuint)sums.Length);
            }

            (at < (nuint)rows.Length ? even + odd + Load(ref first, at) : even + odd).CopyTo(sums[(int)column..]);
        }
    }

    /// <summary>Gradients that ReLU lets through: where what left it is 0, the gradient becomes 0.</summary>
    /// <param name="left">A multiple of sixteen numbers: what left ReLU, so nothing below 0.</param>
    /// <param name="gradients">As many.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Mask(ReadOnlySpan<ushort> left, Span<ushort> gradients)
    {
        _ = left.IsEmpty ? 0 : gradients[left.Length - 1];
        ref var mask = ref MemoryMarshal.GetReference(left);
        ref var target = ref MemoryMarshal.GetReference(gradients);
        for (nuint i = 0; i < (nuint)left.Length; i += Lanes)
        {
            var stopped = Vector256.Equals(Vector256.LoadUnsafe(ref mask, i), Vector256<ushort>.Zero);
            Vector256.AndNot(Vector256.LoadUnsafe(ref target, i), stopped).StoreUnsafe(ref target, i);
        }
    }

    /// <summary>Some columns of a matrix as floats; rows of a panel are short, and a call for each took longer than its numbers.</summary>
    /// <param name="from">The panel's first number.</param>
    /// <param name="stride">From one of its rows to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Columns of the panel, a multiple of four.</param>
    /// <param name="to">Takes the floats.</param>
    /// <param name="toStride">From one of their rows to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void WidenPanel(ref ushort from, int stride, int rows, int width, ref float to, int toStride)
    {
        for (var row = 0; row < rows; row++)
        {
            nuint i = 0;
            for (; i + Lanes <= (nuint)width; i += Lanes)
            {
                Load(ref from, i).StoreUnsafe(ref to, i);
            }

            // Panels of narrower vectors.
            for (; i < (nuint)width; i += (nuint)Vector128<float>.Count)
            {
                (Vector128.WidenLower(Vector64.LoadUnsafe(ref from, i).ToVector128Unsafe()) << 16).AsSingle().StoreUnsafe(ref to, i);
            }

            from = ref Unsafe.Add(ref from, stride);
            to = ref Unsafe.Add(ref to, toStride);
        }
    }

    /// <summary>
    /// Momentum and update without master weights: v ← m·v + g, rounded to nearest, and w ← w − rate·v, rounded by chance, so that steps
    /// below the last bit of a weight are not lost.
    /// </summary>
    /// <param name="weights">A multiple of sixteen.</param>
    /// <param name="velocities">As many.</param>
    /// <param name="gradients">As many.</param>
    /// <param name="momentum">m.</param>
    /// <param name="rate">The step size.</param>
    /// <param name="random">Sixteen generators.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Step(Span<ushort> weights, Span<ushort> velocities, ReadOnlySpan<ushort> gradients, float momentum, float rate, RandomLanes random)
    {
        _ = weights.IsEmpty ? 0 : velocities[weights.Length - 1] + gradients[weights.Length - 1];
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var velocity = ref MemoryMarshal.GetReference(velocities);
        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var (keep, times) = (Vector512.Create(momentum), Vector512.Create(-rate));
        for (nuint i = 0; i < (nuint)weights.Length; i += Lanes)
        {
            var v = Vector512.MultiplyAddEstimate(Load(ref velocity, i), keep, Load(ref gradient, i));
            Upper(Nearest(v)).StoreUnsafe(ref velocity, i);

            // A number below 2¹⁶ added to the bits that are cut off carries with just the probability of what they are worth.
            var moved = Vector512.MultiplyAddEstimate(v, times, Load(ref weight, i)).AsUInt32();
            Upper(moved + (RandomLanes.Next(ref x, ref y, ref z, ref w) >>> 16)).StoreUnsafe(ref weight, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }

    /// <summary>The number to cut off at 16 bits: halves go to the even neighbour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Nearest(Vector512<float> numbers)
    {
        var bits = numbers.AsUInt32();
        return bits + Vector512.Create(0x7FFFu) + ((bits >>> 16) & Vector512<uint>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ref ushort source, nuint offset)
    {
        var halves = Vector256.LoadUnsafe(ref source, offset);
        var wide = Avx512F.IsSupported ? Avx512F.ConvertToVector512UInt32(halves) : Vector512.Create(Vector256.WidenLower(halves), Vector256.WidenUpper(halves));
        return (wide << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Upper(Vector512<uint> bits) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector256UInt16(bits >>> 16)
        : Vector256.Narrow((bits >>> 16).GetLower(), (bits >>> 16).GetUpper());
}
