using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <param name="weights">Codes from −127 to 127, a multiple of 64.</param>
    /// <param name="velocities">As many.</param>
    /// <param name="gradients">As many.</param>
    /// <param name="steps">How codes become steps.</param>
    /// <param name="random">Sixteen generators.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(Span<sbyte> weights, Span<short> velocities, ReadOnlySpan<sbyte> gradients, ByteSteps steps, RandomLanes random)
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
        var (decay, back, shift) = (steps.Decay, 8 - steps.GradientBits, steps.Shift);
        var low = Vector512.Create((short)((1 << decay) - 1));
        var times = Vector512.Create(steps.Multiplier);
        var bottom = Vector512.Create((sbyte)-127);
        for (nuint i = 0; i < (nuint)weights.Length; i += Lanes)
        {
            var (g0, g1) = WideProducts.UpperHalves(Vector512.LoadUnsafe(ref gradient, i));
            var r0 = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16();
            var r1 = RandomLanes.Next(ref x, ref y, ref z, ref w).AsInt16();
            var v0 = Velocity(Vector512.LoadUnsafe(ref velocity, i), g0, r0 & low, decay, back);
            var v1 = Velocity(Vector512.LoadUnsafe(ref velocity, i + (Lanes / 2)), g1, r1 & low, decay, back);
            v0.StoreUnsafe(ref velocity, i);
            v1.StoreUnsafe(ref velocity, i + (Lanes / 2));

            // The upper bits round the weight and the lower ones the velocity, so the two chances know nothing of each other.
            var a = Vector512.ShiftRightArithmetic(WideProducts.AddSaturating(WideProducts.HighRounded(v0, times), r0 >>> (16 - shift)), shift);
            var b = Vector512.ShiftRightArithmetic(WideProducts.AddSaturating(WideProducts.HighRounded(v1, times), r1 >>> (16 - shift)), shift);
            var sum = WideProducts.AddSaturating(Vector512.LoadUnsafe(ref weight, i), WideProducts.Pack(a, b));
            Vector512.Max(bottom, sum).StoreUnsafe(ref weight, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Velocity(Vector512<short> velocity, Vector512<short> gradient, Vector512<short> chance, int decay, int back)
    {
        var lost = Vector512.ShiftRightArithmetic(WideProducts.AddSaturating(velocity, chance), decay);
        return WideProducts.AddSaturating(velocity - lost, Vector512.ShiftRightArithmetic(gradient, back));
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
