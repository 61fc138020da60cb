namespace Espalier.Planning;

/// <summary>
/// Pruned fp32 convolutions whose weights share up to 16 values: as with values of their own, but a nonzero is one word, the place of its number and the index of its
/// centroid. Half as many bytes are read.
/// </summary>
internal sealed partial class SparseConvolutionSharedLayout : SparseConvolutionFloatLayout
{
    /// <summary>Bits of a word that name the centroid; the others are the place.</summary>
    public const int IndexBits = 4;

    public override string Name => "SparseConvolutionShared";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"sparse convolution of shared floats at {facts.DensityText} density over planes of channels, {plan.Slots} pixels at a time, {IndexBits}-bit centroid indices";

    private protected override int NonzeroBytes => 4;

    private protected override bool Fits(LayerFacts facts) => facts.Definition.Codebook is { Clusters: <= DenseSharedLayout.MaximalClusters };
}
