namespace Espalier.Kernels;

/// <summary>What of a kernel's work a part runs. Direct convolutions have one pass; Winograd's minimal filtering has three, each of which needs all of the one before.</summary>
internal enum ConvolutionPass
{
    /// <summary>All of it, in turn.</summary>
    All,

    /// <summary>Windows to every position.</summary>
    Windows,

    /// <summary>The matrix products of some positions.</summary>
    Products,

    /// <summary>Products to results.</summary>
    Results,
}
