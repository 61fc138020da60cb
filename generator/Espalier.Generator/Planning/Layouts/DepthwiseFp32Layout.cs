namespace Espalier.Planning;

/// <summary>Depthwise convolutions in fp32: a vector of channels at a time, for some pixels that lie side by side.</summary>
internal sealed partial class DepthwiseFp32Layout : DepthwiseLayout
{
    /// <summary>Pixels of a tile: they share weights and, where windows overlap, the map's numbers. As many as sixteen registers hold beside those; maps of 7, 14, 28 ... columns are whole tiles.</summary>
    private const int Pixels = 7;

    public override string Name => "DepthwiseFp32";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"depthwise fp32 convolution, {plan.Rows} channels of {plan.Slots} pixels at a time";

    private protected override int NumberBytes => sizeof(float);

    private protected override KernelPlan Offer(DepthwiseGeometry geometry, Tier tier)
    {
        // Multiply-adds a cycle, and cycles of what ends a vector: AVX-512 is measured on Sapphire Rapids (15 to 16 where the maps fit the second-level cache, half of that
        // where they come from the third, which other layouts wait for as well); the others are estimated.
        var (lanes, perCycle, ending) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (16, 20.0, 4.0),
            Tier.AvxVnni or Tier.Avx2 => (8, 12.0, 3.0),
            Tier.Ssse3 or Tier.Portable => (4, 5.0, 3.0),
            Tier.AdvSimd or Tier.AdvSimdDp => (4, 6.0, 3.0),
            _ => (16, 0.8, 16.0),
        };
        var numbers = (double)geometry.Convolution.OutputPixels * geometry.Pitch;
        var products = numbers * geometry.Window.Height * geometry.Window.Width;
        return new KernelPlan(tier, Name, lanes, Pixels, 0, 0) { Cycles = Layout.Clamp((products / perCycle) + (numbers / lanes * ending) + CopyCycles(geometry)) };
    }
}
