using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>Rows of one block of features that have equally many pairs in equally many groups, so that a kernel's loops keep their length.</summary>
/// <param name="start">Where the block's first feature starts in a block of samples.</param>
/// <param name="pairs">Pairs of each row.</param>
/// <param name="groups">Groups of each row, none with none of pairs.</param>
/// <param name="rows">Rows.</param>
/// <param name="begins">Whether this is the rows' first block of features: sums start from the bias.</param>
/// <param name="ends">Whether it is their last: sums are complete.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly struct PrunedRun(int start, int pairs, int groups, int rows, bool begins, bool ends)
{
    private readonly int _begins = begins ? 1 : 0;
    private readonly int _ends = ends ? 1 : 0;

    /// <summary>Where the block's first feature starts in a block of samples.</summary>
    public int Start { get; } = start;

    /// <summary>Pairs of each row.</summary>
    public int Pairs { get; } = pairs;

    /// <summary>Groups of each row.</summary>
    public int Groups { get; } = groups;

    /// <summary>Pairs of the shorter groups, which come last.</summary>
    public int GroupPairs { get; } = groups == 0 ? 0 : pairs / groups;

    /// <summary>How many groups have a pair more than <see cref="GroupPairs"/>.</summary>
    public int LongerGroups { get; } = groups == 0 ? 0 : pairs % groups;

    /// <summary>Rows.</summary>
    public int Rows { get; } = rows;

    /// <summary>Whether sums start from the bias.</summary>
    public bool Begins => _begins != 0;

    /// <summary>Whether sums are complete.</summary>
    public bool Ends => _ends != 0;
}
