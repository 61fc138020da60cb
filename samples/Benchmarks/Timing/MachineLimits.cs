using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Kernels;

namespace Benchmarks.Timing;

/// <summary>What one thread of this machine can do at best; measured, because no name of a processor says it.</summary>
internal static class MachineLimits
{
    /// <summary>Clock cycles per microsecond right now: the best of several timings, as an interruption only makes them slower.</summary>
    public static double CyclesPerMicro()
    {
        const int Adds = 1 << 20;
        const int AddsALoop = 8;
        var best = 0.0;
        for (var i = 0; i < 12; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Keep(DependentAdds(Adds / AddsALoop, i));
            best = Math.Max(best, Adds / Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return best;
    }

    /// <summary>Bytes per microsecond that one thread reads from a buffer of some size, over and over; the median of several timings.</summary>
    public static double ReadBytesPerMicro(long bytes)
    {
        var vectors = (int)Math.Max(16, bytes / 64 & ~7);
        var memory = new AlignedMemory(vectors * 64);

        // Memory that nobody has written is one page of zeros, whatever its size.
        memory.Bytes.Fill(1);
        var sweeps = Math.Max(1, 64_000_000 / (vectors * 64));
        var times = new double[9];
        Sum(ref memory.Start, vectors);
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var sweep = 0; sweep < sweeps; sweep++)
            {
                Sum(ref memory.Start, vectors);
            }

            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / sweeps;
        }

        Array.Sort(times);
        return vectors * 64 / times[times.Length / 2];
    }

    /// <summary>Each add waits for the one before: one cycle each. The step is no constant, as some processors add constants for free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static long DependentAdds(int loops, long step)
    {
        var sum = step;
        for (var i = 0; i < loops; i++)
        {
            sum += step;
            sum += step;
            sum += step;
            sum += step;
            sum += step;
            sum += step;
            sum += step;
            sum += step;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum(ref byte first, int vectors)
    {
        ref var vector = ref Unsafe.As<byte, Vector512<long>>(ref first);
        var (a, b, c, d) = (vector, vector, vector, vector);
        for (var i = 0; i < vectors; i += 4)
        {
            a += Unsafe.Add(ref vector, i);
            b += Unsafe.Add(ref vector, i + 1);
            c += Unsafe.Add(ref vector, i + 2);
            d += Unsafe.Add(ref vector, i + 3);
        }

        Keep(Vector512.Sum(a + b + c + d));
    }

    /// <summary>A result that nobody needs must still be computed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(long value) => _ = value;
}
