namespace Benchmarks.Models;

/// <summary>Random numbers that are the same on every machine, fast enough for a hundred million weights at start-up.</summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Above 0 and up to 1, so that its logarithm is finite.</summary>
    public double Uniform() => ((Next() >> 11) + 1) * (1.0 / (1L << 53));
}
