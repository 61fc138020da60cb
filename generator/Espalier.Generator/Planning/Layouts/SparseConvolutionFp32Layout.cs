namespace Espalier.Planning;

/// <summary>
/// Pruned fp32 convolutions: the map is turned into planes, and each output channel goes through its nonzeros one at a time, for several vectors of pixels at once. A
/// nonzero is the place of its number from a pixel's, and its value.
/// </summary>
internal sealed partial class SparseConvolutionFp32Layout : SparseConvolutionFloatLayout
{
    public override string Name => "SparseConvolutionFp32";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"sparse fp32 convolution at {facts.DensityText} density over planes of channels, {plan.Slots} pixels at a time";

    private protected override int NonzeroBytes => 8;

    private protected override bool Fits(LayerFacts facts) => true;
}
