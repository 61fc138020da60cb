using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Momentum and update of weights in bytes without a master copy, in integers alone: velocities have 16 bits, and what division
/// drops from velocity and weight is rounded by chance, so no update is lost and none is biased.
/// v ← v − v/2ⁿ + g·2ᵏ, w ← w − v·rate.
/// </summary>
/// <remarks>Velocities lie as the unpacking instructions leave 64 bytes: first the lower eight of each sixteen, then the upper eight.</remarks>
internal static class ByteMomentum
{
    /// <summary>Weights of a pass.</summary>
    public const int Lanes = 64;

    /// <summary>Weights that are asked for ahead: four streams together outgrow a second-level cache of 1 MB in LeNet-300-100.</summary>
    private const int Ahead = 1024;

    /// <param name="weights">Codes from −127 to 127, a multiple of 64.</param>
    /// <param name="velocities">As many.</param>
    /// <param name="gradients">As many.</param>
    /// <param name="steps">How codes become steps.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <remarks>
    /// Never inlined, as no kernel of these folders is: the attribute that asks for full optimisation does not forbid it, and a caller that
    /// tiered compilation rebuilt with this loop inside had no inlining budget left for the draws and packs in it. They became calls: 79 µs for
    /// LeNet-300-100 in place of 22, after ten thousand calls and not before.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Step(Span<sbyte> weights, Span<short> velocities, ReadOnlySpan<sbyte> gradients, ByteSteps steps, RandomLanes random)
    {
        if (weights.Length % Lanes != 0 || velocities.Length < weights.Length || gradients.Length < weights.Length)
        {
            throw new ArgumentException($"{weights.Length} weights need to be a multiple of {Lanes} with as many velocities and gradients, but {velocities.Length} and {gradients.Length} were given.");
        }

        steps.Check();
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var velocity = ref MemoryMarshal.GetReference(velocities);
        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);

        // In vectors: counts of shifts that lie on the stack were read again and again, which made some calls four times slower than others.
        var (decay, back) = (Vector512.Create((ushort)steps.Decay), Vector512.Create((ushort)(8 - steps.GradientBits)));
        var (shift, upper) = (Vector512.Create((ushort)steps.Shift), Vector512.Create((ushort)(16 - steps.Shift)));
        var low = Vector512.Create((short)((1 << steps.Decay) - 1));
        var times = Vector512.Create(steps.Multiplier);
        var bottom = Vector512.Create((sbyte)-127);
        for (nuint i = 0; i < (nuint)weights.Length; i += Lanes)
        {
            Fetch(Unsafe.AsPointer(ref Unsafe.Add(ref weight, i + Ahead)));
            Fetch(Unsafe.AsPointer(ref Unsafe.Add(ref gradient, i + Ahead)));
            Fetch(Unsafe.AsPointer(ref Unsafe.Add(ref velocity, i + Ahead)));
            Fetch(Unsafe.AsPointer(ref Unsafe.Add(ref velocity, i + Ahead + (Lanes / 2))));
            var (g0, g1) = WideProducts.UpperHalves(Vector512.LoadUnsafe(ref gradient, i));
            var r0 = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16();
            var r1 = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16();
            var v0 = Velocity(Vector512.LoadUnsafe(ref velocity, i), g0, r0 & low, decay, back);
            var v1 = Velocity(Vector512.LoadUnsafe(ref velocity, i + (Lanes / 2)), g1, r1 & low, decay, back);
            v0.StoreUnsafe(ref velocity, i);
            v1.StoreUnsafe(ref velocity, i + (Lanes / 2));

            // The upper bits round the weight and the lower ones the velocity, so the two chances know nothing of each other.
            var a = Divided(WideProducts.AddSaturating(WideProducts.HighRounded(v0, times), Upper(r0, upper)), shift);
            var b = Divided(WideProducts.AddSaturating(WideProducts.HighRounded(v1, times), Upper(r1, upper)), shift);
            var sum = WideProducts.AddSaturating(Vector512.LoadUnsafe(ref weight, i), WideProducts.Pack(a, b));
            Vector512.Max(bottom, sum).StoreUnsafe(ref weight, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }

    /// <summary>An address beyond the end is harmless: it is only a hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Fetch(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Divided(Vector512<short> values, Vector512<ushort> by) => Avx512BW.IsSupported
        ? Avx512BW.ShiftRightArithmeticVariable(values, by)
        : Vector512.ShiftRightArithmetic(values, by.ToScalar());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Upper(Vector512<short> values, Vector512<ushort> by) => Avx512BW.IsSupported
        ? Avx512BW.ShiftRightLogicalVariable(values, by)
        : values >>> by.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Velocity(Vector512<short> velocity, Vector512<short> gradient, Vector512<short> chance, Vector512<ushort> decay, Vector512<ushort> back)
    {
        var lost = Divided(WideProducts.AddSaturating(velocity, chance), decay);
        return WideProducts.AddSaturating(velocity - lost, Divided(gradient, back));
    }
}

/// <summary>The fixed-point numbers of an update.</summary>
/// <param name="Decay">n: a step keeps 1 − 2⁻ⁿ of the velocity; 1 to 3, or 0 for none.</param>
/// <param name="GradientBits">k: bits that a velocity has below a gradient's code; 0 to 8.</param>
/// <param name="Multiplier">With the shift: −rate, from velocities to codes; a fraction of 2¹⁵.</param>
/// <param name="Shift">1 to 13.</param>
internal readonly record struct ByteSteps(int Decay, int GradientBits, short Multiplier, int Shift)
{
    /// <summary>The numbers for a rate.</summary>
    /// <param name="decay">n.</param>
    /// <param name="gradientBits">k.</param>
    /// <param name="codesPerGradient">Weight codes that a gradient code of 1 moves a weight by, before momentum; below 2ᵏ / 2.</param>
    public static ByteSteps Of(int decay, int gradientBits, double codesPerGradient)
    {
        var factor = codesPerGradient / (1 << gradientBits);
        var shift = 1;
        while (shift < 13 && factor * (1 << (shift + 1)) < 1)
        {
            shift++;
        }

        return new ByteSteps(decay, gradientBits, (short)-Math.Round(Math.Min(factor * (1 << shift), 0.9999) * (1 << 15)), shift);
    }

    internal void Check()
    {
        if (Decay is < 0 or > 3 || GradientBits is < 0 or > 8 || Shift is < 1 or > 13)
        {
            throw new ArgumentException($"{this}: the decay is 0 to 3, a gradient has 0 to 8 bits more in a velocity, and the shift is 1 to 13.");
        }
    }
}
