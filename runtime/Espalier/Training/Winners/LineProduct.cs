using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>
/// Adds multiples of lines to a line: c += Σ value · line, where a line is a few segments of equal length at equal distances, as the rows of a convolution's window are in an image whose
/// channels lie side by side. Sums stay in registers, one load for each multiply-add, and terms are added in the order they are given, so every vector width gives the same bits.
/// </summary>
internal static class LineProduct
{
    /// <summary>Sums in registers: 12 of 16 where there are 16.</summary>
    private const int Widest = 12;

    /// <summary>The widest vector: lines are read and written by whole ones, so up to 15 numbers too far.</summary>
    public const int Slack = 16;

    /// <param name="positions">For each term where its line begins, in floats from <paramref name="lines"/> on.</param>
    /// <param name="values">For each term what its line is multiplied by.</param>
    /// <param name="lines">The first line.</param>
    /// <param name="lineSegment">From one segment of a line to the next.</param>
    /// <param name="sums">The line that is added to.</param>
    /// <param name="sumSegment">From one of its segments to the next.</param>
    /// <param name="segments">Segments of a line.</param>
    /// <param name="length">Floats of a segment.</param>
    public static void Add(ReadOnlySpan<int> positions, ReadOnlySpan<float> values, ref float lines, nint lineSegment, ref float sums, nint sumSegment, int segments, int length)
    {
        var terms = new Terms(ref MemoryMarshal.GetReference(positions), ref MemoryMarshal.GetReference(values[..positions.Length]), positions.Length);
        if (Avx512F.IsSupported)
        {
            Add<Vector512<float>, Lanes512>(terms, ref lines, lineSegment, ref sums, sumSegment, segments, length);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Add<Vector256<float>, Lanes256>(terms, ref lines, lineSegment, ref sums, sumSegment, segments, length);
        }
        else
        {
            Add<Vector128<float>, Lanes128>(terms, ref lines, lineSegment, ref sums, sumSegment, segments, length);
        }
    }

    /// <summary>What is multiplied: places and values.</summary>
    internal readonly ref struct Terms(ref int positions, ref float values, nint count)
    {
        public readonly ref int Positions = ref positions;
        public readonly ref float Values = ref values;
        public readonly nint Count = count;
    }

    internal static void Add<TVector, TLanes>(Terms terms, ref float lines, nint lineSegment, ref float sums, nint sumSegment, int segments, int length)
        where TVector : struct
        where TLanes : IFloatLanes<TVector>
    {
        var vectors = (length + TLanes.Count - 1) / TLanes.Count;
        var segment = 0;
        while (segment < segments)
        {
            ref var from = ref Unsafe.Add(ref lines, segment * lineSegment);
            ref var to = ref Unsafe.Add(ref sums, segment * sumSegment);
            var left = segments - segment;

            // Of short segments several are taken at once: fewer sums than four would wait for each other.
            switch (vectors)
            {
                case 1 when left >= 5: Row<TVector, TLanes, Five, One>(terms, ref from, lineSegment, ref to, sumSegment); segment += 5; break;
                case 1 when left >= 3: Row<TVector, TLanes, Three, One>(terms, ref from, lineSegment, ref to, sumSegment); segment += 3; break;
                case 2 when left >= 5: Row<TVector, TLanes, Five, Two>(terms, ref from, lineSegment, ref to, sumSegment); segment += 5; break;
                case 2 when left >= 3: Row<TVector, TLanes, Three, Two>(terms, ref from, lineSegment, ref to, sumSegment); segment += 3; break;
                case 3 when left >= 3: Row<TVector, TLanes, Three, Three>(terms, ref from, lineSegment, ref to, sumSegment); segment += 3; break;
                case 4 when left >= 3: Row<TVector, TLanes, Three, Four>(terms, ref from, lineSegment, ref to, sumSegment); segment += 3; break;
                default: Segment<TVector, TLanes>(terms, vectors, ref from, ref to); segment++; break;
            }
        }
    }

    private static void Segment<TVector, TLanes>(Terms terms, int vectors, ref float from, ref float to)
        where TVector : struct
        where TLanes : IFloatLanes<TVector>
    {
        while (vectors > 0)
        {
            // Of nearly equal width where there are two, so that none is too narrow.
            var width = vectors switch { <= 10 or Widest => vectors, < 20 => (vectors + 1) / 2, _ => Widest };
            switch (width)
            {
                case 1: Row<TVector, TLanes, One, One>(terms, ref from, 0, ref to, 0); break;
                case 2: Row<TVector, TLanes, One, Two>(terms, ref from, 0, ref to, 0); break;
                case 3: Row<TVector, TLanes, One, Three>(terms, ref from, 0, ref to, 0); break;
                case 4: Row<TVector, TLanes, One, Four>(terms, ref from, 0, ref to, 0); break;
                case 5: Row<TVector, TLanes, One, Five>(terms, ref from, 0, ref to, 0); break;
                case 6: Row<TVector, TLanes, One, Six>(terms, ref from, 0, ref to, 0); break;
                case 7: Row<TVector, TLanes, One, Seven>(terms, ref from, 0, ref to, 0); break;
                case 8: Row<TVector, TLanes, One, Eight>(terms, ref from, 0, ref to, 0); break;
                case 9: Row<TVector, TLanes, One, Nine>(terms, ref from, 0, ref to, 0); break;
                case 10: Row<TVector, TLanes, One, Ten>(terms, ref from, 0, ref to, 0); break;
                default: Row<TVector, TLanes, One, Twelve>(terms, ref from, 0, ref to, 0); break;
            }

            from = ref Unsafe.Add(ref from, width * TLanes.Count);
            to = ref Unsafe.Add(ref to, width * TLanes.Count);
            vectors -= width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TVector, TLanes, TSegments, TWidth>(Terms terms, ref float from, nint fromSegment, ref float to, nint toSegment)
        where TVector : struct
        where TLanes : IFloatLanes<TVector>
        where TSegments : ICompiledCount
        where TWidth : ICompiledCount
    {
        var count = TSegments.Value * TWidth.Value;
        ref var positions = ref terms.Positions;
        ref var values = ref terms.Values;
        var s0 = Load(0, ref to, toSegment);
        var s1 = Load(1, ref to, toSegment);
        var s2 = Load(2, ref to, toSegment);
        var s3 = Load(3, ref to, toSegment);
        var s4 = Load(4, ref to, toSegment);
        var s5 = Load(5, ref to, toSegment);
        var s6 = Load(6, ref to, toSegment);
        var s7 = Load(7, ref to, toSegment);
        var s8 = Load(8, ref to, toSegment);
        var s9 = Load(9, ref to, toSegment);
        var s10 = Load(10, ref to, toSegment);
        var s11 = Load(11, ref to, toSegment);
        for (nint n = 0; n < terms.Count; n++)
        {
            ref var line = ref Unsafe.Add(ref from, (nint)Unsafe.Add(ref positions, n));
            var x = TLanes.Broadcast(Unsafe.Add(ref values, n));
            s0 = TLanes.MultiplyAdd(x, Load(0, ref line, fromSegment), s0);
            s1 = count > 1 ? TLanes.MultiplyAdd(x, Load(1, ref line, fromSegment), s1) : s1;
            s2 = count > 2 ? TLanes.MultiplyAdd(x, Load(2, ref line, fromSegment), s2) : s2;
            s3 = count > 3 ? TLanes.MultiplyAdd(x, Load(3, ref line, fromSegment), s3) : s3;
            s4 = count > 4 ? TLanes.MultiplyAdd(x, Load(4, ref line, fromSegment), s4) : s4;
            s5 = count > 5 ? TLanes.MultiplyAdd(x, Load(5, ref line, fromSegment), s5) : s5;
            s6 = count > 6 ? TLanes.MultiplyAdd(x, Load(6, ref line, fromSegment), s6) : s6;
            s7 = count > 7 ? TLanes.MultiplyAdd(x, Load(7, ref line, fromSegment), s7) : s7;
            s8 = count > 8 ? TLanes.MultiplyAdd(x, Load(8, ref line, fromSegment), s8) : s8;
            s9 = count > 9 ? TLanes.MultiplyAdd(x, Load(9, ref line, fromSegment), s9) : s9;
            s10 = count > 10 ? TLanes.MultiplyAdd(x, Load(10, ref line, fromSegment), s10) : s10;
            s11 = count > 11 ? TLanes.MultiplyAdd(x, Load(11, ref line, fromSegment), s11) : s11;
        }

        Store(s0, 0, ref to, toSegment);
        Store(s1, 1, ref to, toSegment);
        Store(s2, 2, ref to, toSegment);
        Store(s3, 3, ref to, toSegment);
        Store(s4, 4, ref to, toSegment);
        Store(s5, 5, ref to, toSegment);
        Store(s6, 6, ref to, toSegment);
        Store(s7, 7, ref to, toSegment);
        Store(s8, 8, ref to, toSegment);
        Store(s9, 9, ref to, toSegment);
        Store(s10, 10, ref to, toSegment);
        Store(s11, 11, ref to, toSegment);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TVector Load(int vector, ref float line, nint segment) =>
            vector < TSegments.Value * TWidth.Value ? TLanes.Load(ref Unsafe.Add(ref line, vector / TWidth.Value * segment), (nuint)(vector % TWidth.Value * TLanes.Count)) : default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Store(TVector sum, int vector, ref float line, nint segment)
        {
            if (vector < TSegments.Value * TWidth.Value)
            {
                TLanes.Store(sum, ref Unsafe.Add(ref line, vector / TWidth.Value * segment), (nuint)(vector % TWidth.Value * TLanes.Count));
            }
        }
    }
}
