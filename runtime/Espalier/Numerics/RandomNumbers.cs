using System;
using System.Numerics;

namespace Espalier.Numerics;

/// <summary>Xoshiro128++ (Blackman and Vigna, 2019): small, quick, and the same sequence on every runtime, which System.Random does not promise.</summary>
internal sealed class RandomNumbers
{
    private uint _a;
    private uint _b;
    private uint _c;
    private uint _d;

    public RandomNumbers(ulong seed)
    {
        // SplitMix64 spreads similar seeds; an all-zero state, the one that never moves, cannot come out of it.
        var first = Split(ref seed);
        var second = Split(ref seed);
        (_a, _b, _c, _d) = ((uint)first, (uint)(first >> 32), (uint)second, (uint)(second >> 32) | 1);
    }

    public uint Next()
    {
        var result = BitOperations.RotateLeft(_a + _d, 7) + _a;
        var shifted = _b << 9;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 11);
        return result;
    }

    /// <summary>Below a bound, without bias worth speaking of: the bounds in use are far under 2³².</summary>
    public int Below(int bound) => (int)(((ulong)Next() * (uint)bound) >> 32);

    /// <summary>From 0 up to, but never, 1, in steps of 2⁻²⁴.</summary>
    public float Uniform() => (Next() >> 8) * (1f / (1 << 24));

    public float Uniform(float low, float high) => low + ((high - low) * Uniform());

    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>Saves the place in the sequence, or goes there.</summary>
    public void Visit(StateStream state)
    {
        state.Number(ref _a);
        state.Number(ref _b);
        state.Number(ref _c);
        state.Number(ref _d);
    }

    private static ulong Split(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
