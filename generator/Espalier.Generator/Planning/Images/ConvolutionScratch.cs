namespace Espalier.Planning;

/// <summary>What a convolution needs besides its input and output: known when planning, so that a network's one block of memory holds it.</summary>
internal static class ConvolutionScratch
{
    /// <summary>
    /// Bytes behind every map that a convolution reads, its input and its scratch, which it may read but makes no use of: integer kernels take
    /// four codes at a time.
    /// </summary>
    public const int Slack = 64;

    /// <summary>Bytes of scratch, 0 for none: a multiple of 64, <see cref="Slack"/> included. The block starts at a multiple of 64.</summary>
    /// <param name="definition">The layer, of kind Conv2D.</param>
    /// <param name="plan">Its kernel on the tier that will run.</param>
    public static int Bytes(LayerDefinition definition, KernelPlan plan) =>
        KernelLayouts.Find(plan.Layout) is ConvolutionLayout layout ? layout.ScratchBytes(definition, plan) : 0;

    /// <summary>Bytes of scratch besides, for each thread of an instance that runs on several.</summary>
    public static int ThreadBytes(LayerDefinition definition, KernelPlan plan) =>
        KernelLayouts.Find(plan.Layout) is ConvolutionLayout layout ? layout.ThreadBytes(definition, plan) : 0;

    /// <summary>The copy of the map. Few channels may have gaps in the input, which the copy leaves out.</summary>
    internal static int MapBytes(ConvolutionGeometry geometry, int bytesOfNumber) =>
        geometry.HasBorder || geometry.Channels <= ConvolutionGeometry.FewChannels ? RoundUp(checked(geometry.MapNumbers * bytesOfNumber) + Slack) : 0;

    internal static int RoundUp(long bytes) => checked((int)((bytes + 63) / 64 * 64));
}
