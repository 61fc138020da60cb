using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>Some rows of a layer, all blocks of their features: what a kernel for blocks of samples runs at once.</summary>
/// <param name="start">The first of its places among all rows.</param>
/// <param name="rows">How many rows it has.</param>
/// <param name="firstRun">Where its runs begin.</param>
/// <param name="runs">How many runs it has.</param>
/// <param name="firstPair">Where the pairs of its runs begin.</param>
/// <param name="firstMember">Where the rows of its runs begin.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly struct PrunedTile(int start, int rows, int firstRun, int runs, int firstPair, int firstMember)
{
    /// <summary>The first of its places among all rows.</summary>
    public int Start { get; } = start;

    /// <summary>How many rows it has.</summary>
    public int Rows { get; } = rows;

    /// <summary>Where its runs begin.</summary>
    public int FirstRun { get; } = firstRun;

    /// <summary>How many runs it has.</summary>
    public int Runs { get; } = runs;

    /// <summary>Where the pairs of its runs begin.</summary>
    public int FirstPair { get; } = firstPair;

    /// <summary>Where the rows of its runs begin: a row has a run for every block of features.</summary>
    public int FirstMember { get; } = firstMember;
}
