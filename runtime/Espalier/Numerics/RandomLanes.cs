using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Espalier.Numerics;

/// <summary>
/// Sixteen generators of 32-bit numbers side by side (xorshift128: Marsaglia, 2003). Always sixteen, whatever the processor's vectors hold: a narrower processor
/// takes two or four vectors for them, so that every one draws the same numbers.
/// </summary>
internal sealed class RandomLanes
{
    /// <summary>Numbers of a draw.</summary>
    public const int Count = 16;

    private State _state;

    /// <summary>Lanes of similar seeds have nothing to do with each other, nor have the lanes of one seed: xoshiro128++ fills them.</summary>
    public RandomLanes(RandomNumbers seeds)
    {
        Span<uint> words = stackalloc uint[4 * Count];
        foreach (ref var word in words)
        {
            word = seeds.Next();
        }

        // A lane of four zeros would never leave them.
        foreach (ref var word in words[(3 * Count)..])
        {
            word |= 1;
        }

        _state = new State
        {
            X = Vector512.Create<uint>(words),
            Y = Vector512.Create<uint>(words[Count..]),
            Z = Vector512.Create<uint>(words[(2 * Count)..]),
            W = Vector512.Create<uint>(words[(3 * Count)..]),
        };
    }

    public RandomLanes(ulong seed)
        : this(new RandomNumbers(seed))
    {
    }

    /// <summary>Where the lanes stand. Kernels copy it to locals and back: in a field it would be stored after each draw.</summary>
    public ref State Current => ref _state;

    /// <summary>The same as words: sixteen of each.</summary>
    public ref uint Words => ref Unsafe.As<State, uint>(ref _state);

    /// <summary>Saves where the lanes stand, or goes there.</summary>
    public void Visit(StateStream state) => state.Number(ref _state);

    internal struct State
    {
        public Vector512<uint> X;
        public Vector512<uint> Y;
        public Vector512<uint> Z;
        public Vector512<uint> W;
    }

    /// <summary>The next sixteen numbers; never 0 four times in a row in one lane, else uniform.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Next(ref Vector512<uint> x, ref Vector512<uint> y, ref Vector512<uint> z, ref Vector512<uint> w)
    {
        var t = x ^ (x << 11);
        x = y;
        y = z;
        z = w;
        w ^= (w >>> 19) ^ t ^ (t >>> 8);
        return w;
    }
}
