using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier;

/// <summary>
/// Products with pruned weights over a batch whose samples lie side by side in each feature: one weight is multiplied with 64 samples
/// at once, so places cost little, and only kept weights cost anything. Two sums for even and odd terms hide the latency of a multiply-add.
/// </summary>
internal static class KeptProduct
{
    /// <summary>Samples of a pass; batches are padded to it.</summary>
    public const int Samples = 64;

    private const int Lanes = 16;

    /// <summary>target[row] = start[row] + Σ weight · source[position] over the row's list.</summary>
    /// <param name="lists">A list for each row of the target.</param>
    /// <param name="weights">The kept weights.</param>
    /// <param name="start">What rows start from; empty for 0.</param>
    /// <param name="source">Features of 64 samples each.</param>
    /// <param name="target">As many rows as there are lists.</param>
    /// <param name="rectify">Whether sums below 0 become 0.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Sums(KeptLists lists, ReadOnlySpan<float> weights, ReadOnlySpan<float> start, ReadOnlySpan<float> source, Span<float> target, bool rectify)
    {
        var rows = lists.Starts.Length - 1;
        _ = target[(rows * Samples) - 1];
        _ = start.IsEmpty ? 0 : start[rows - 1];
        var bottom = Vector512.Create(rectify ? 0f : float.NegativeInfinity);
        for (var row = 0; row < rows; row++)
        {
            var first = Vector512.Create(start.IsEmpty ? 0 : start[row]);
            var (a0, a1, a2, a3) = (first, first, first, first);
            var zero = Vector512<float>.Zero;
            var (b0, b1, b2, b3) = (zero, zero, zero, zero);
            var (n, end) = (lists.Starts[row], lists.Starts[row + 1]);
            for (; n < end - 1; n += 2)
            {
                ref readonly var x = ref source[lists.Positions[n] * Samples];
                ref readonly var y = ref source[lists.Positions[n + 1] * Samples];
                var (v, w) = (Vector512.Create(weights[lists.Weights[n]]), Vector512.Create(weights[lists.Weights[n + 1]]));
                a0 = Vector512.MultiplyAddEstimate(v, Vector512.LoadUnsafe(in x), a0);
                b0 = Vector512.MultiplyAddEstimate(w, Vector512.LoadUnsafe(in y), b0);
                a1 = Vector512.MultiplyAddEstimate(v, Vector512.LoadUnsafe(in x, Lanes), a1);
                b1 = Vector512.MultiplyAddEstimate(w, Vector512.LoadUnsafe(in y, Lanes), b1);
                a2 = Vector512.MultiplyAddEstimate(v, Vector512.LoadUnsafe(in x, 2 * Lanes), a2);
                b2 = Vector512.MultiplyAddEstimate(w, Vector512.LoadUnsafe(in y, 2 * Lanes), b2);
                a3 = Vector512.MultiplyAddEstimate(v, Vector512.LoadUnsafe(in x, 3 * Lanes), a3);
                b3 = Vector512.MultiplyAddEstimate(w, Vector512.LoadUnsafe(in y, 3 * Lanes), b3);
            }

            if (n < end)
            {
                ref readonly var x = ref source[lists.Positions[n] * Samples];
                var v = Vector512.Create(weights[lists.Weights[n]]);
                a0 = Vector512.MultiplyAddEstimate(v, Vector512.LoadUnsafe(in x), a0);
                a1 = Vector512.MultiplyAddEstimate(v, Vector512.LoadUnsafe(in x, Lanes), a1);
                a2 = Vector512.MultiplyAddEstimate(v, Vector512.LoadUnsafe(in x, 2 * Lanes), a2);
                a3 = Vector512.MultiplyAddEstimate(v, Vector512.LoadUnsafe(in x, 3 * Lanes), a3);
            }

            ref var to = ref target[row * Samples];
            Vector512.Max(bottom, a0 + b0).StoreUnsafe(ref to);
            Vector512.Max(bottom, a1 + b1).StoreUnsafe(ref to, Lanes);
            Vector512.Max(bottom, a2 + b2).StoreUnsafe(ref to, 2 * Lanes);
            Vector512.Max(bottom, a3 + b3).StoreUnsafe(ref to, 3 * Lanes);
        }
    }

    /// <summary>Gradients of the kept weights alone: for each the product of its input's and its output's 64 samples (a sampled product of two dense matrices).</summary>
    /// <param name="kept">The weights; takes their gradients.</param>
    /// <param name="inputs">What entered: inputs of 64 samples each.</param>
    /// <param name="outputs">Gradients of the sums: outputs of 64 samples each.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Gradients(KeptWeights kept, ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs)
    {
        var (starts, positions, gradients) = (kept.ByInput.Starts, kept.ByInput.Positions, kept.Gradients);
        for (var row = 0; row < starts.Length - 1; row++)
        {
            ref readonly var x = ref inputs[row * Samples];
            var (x0, x1) = (Vector512.LoadUnsafe(in x), Vector512.LoadUnsafe(in x, Lanes));
            var (x2, x3) = (Vector512.LoadUnsafe(in x, 2 * Lanes), Vector512.LoadUnsafe(in x, 3 * Lanes));
            for (var n = starts[row]; n < starts[row + 1]; n++)
            {
                ref readonly var y = ref outputs[positions[n] * Samples];
                var even = x0 * Vector512.LoadUnsafe(in y);
                var odd = x1 * Vector512.LoadUnsafe(in y, Lanes);
                even = Vector512.MultiplyAddEstimate(x2, Vector512.LoadUnsafe(in y, 2 * Lanes), even);
                odd = Vector512.MultiplyAddEstimate(x3, Vector512.LoadUnsafe(in y, 3 * Lanes), odd);
                gradients[n] = Vector512.Sum(even + odd);
            }
        }
    }
}
