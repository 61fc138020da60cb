using System.Runtime.CompilerServices;

namespace Espalier;

/// <summary>
/// How the tile finds A's numbers. The step from row to row is known when code is compiled, so the places of a tile's rows are part of its instructions: with that
/// step in a register twelve rows want more registers than there are.
/// </summary>
/// <typeparam name="TNumber">What A is made of.</typeparam>
internal interface IFactorOrder<TNumber>
    where TNumber : unmanaged
{
    /// <summary>From one row to the next.</summary>
    static abstract int RowStride { get; }
}

/// <summary>Widened, row after row of a block.</summary>
internal readonly struct RowsOfBlock : IFactorOrder<float>
{
    public static int RowStride => HalvesProduct.BlockDepth;
}

/// <summary>The transpose as it is stored, term after term: rows are neighbours.</summary>
internal readonly struct TermsOfMatrix : IFactorOrder<ushort>
{
    public static int RowStride => 1;
}
