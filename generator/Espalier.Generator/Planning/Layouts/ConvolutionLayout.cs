using System;

namespace Espalier.Planning;

/// <summary>A way to run a convolution on maps that lie channels last.</summary>
internal abstract partial class ConvolutionLayout : KernelLayout
{
    /// <summary>Output pixels of a tile: each shares every load of weights, and each has a number of its own that is broadcast.</summary>
    private protected const int TilePixels = 6;

    public override string Kind => "Conv2D";

    /// <summary>Bytes of scratch that a plan of this layout needs.</summary>
    public abstract int ScratchBytes(LayerDefinition definition, KernelPlan plan);

    /// <summary>Bytes of scratch besides, for each thread of an instance that runs on several.</summary>
    public virtual int ThreadBytes(LayerDefinition definition, KernelPlan plan) => 0;

    /// <summary>
    /// Vectors of output channels in a tile: no more than the registers hold beside weights and one number, and such that the last tile is not
    /// much smaller than the others.
    /// </summary>
    private protected static int TileVectors(ConvolutionGeometry geometry, int lanes, int most)
    {
        var vectors = Layout.Tiles(geometry.PaddedOutputs, lanes);
        return Layout.Tiles(vectors, Layout.Tiles(vectors, Math.Min(vectors, most)));
    }

    /// <summary>
    /// Cycles of reading fp32 weights besides multiplying with them: 16 bytes a cycle from the second-level cache and what a share of the third holds, 4.5 beyond. Measured on
    /// a shared Zen 3 with 4 to 75 MB, where the two add up rather than overlap.
    /// </summary>
    private protected static double WeightCycles(double bytes, int times) => times * bytes / (bytes <= NearWeightBytes ? 16 : 4.5);

    private const int NearWeightBytes = 9 << 19;
}
