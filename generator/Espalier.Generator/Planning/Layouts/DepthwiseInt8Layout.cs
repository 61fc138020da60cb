using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// Depthwise convolutions in integers: a vector of channels at a time, four numbers of a window's row together. Their codes are interleaved as bytes, so that one
/// instruction multiplies and adds two of them, which 16 bits always hold, and the next one adds the twos in 32 bits; or one does both.
/// </summary>
internal sealed partial class DepthwiseInt8Layout : DepthwiseLayout
{
    public override string Name => "DepthwiseInt8";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"depthwise int8 convolution, {plan.Rows} channels of {plan.Slots} pixels at a time, four numbers of each window's row together";

    private protected override int NumberBytes => sizeof(byte);

    private protected override KernelPlan Offer(DepthwiseGeometry geometry, Tier tier)
    {
        // Cycles of four products of a vector of channels, and of what ends one: AVX-512 is measured on Sapphire Rapids, the others are counted by instructions.
        var (channels, pixels, quad, ending) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (64, 4, 11.0, 20.0),
            Tier.AvxVnni => (32, 2, 6.0, 15.0),
            Tier.Avx2 => (32, 2, 8.0, 15.0),
            Tier.Ssse3 => (16, 2, 8.0, 12.0),
            Tier.Portable => (16, 2, 30.0, 30.0),
            Tier.AdvSimdDp => (16, 4, 7.0, 14.0),
            Tier.AdvSimd => (16, 4, 12.0, 14.0),
            _ => (16, 1, 80.0, 80.0),
        };
        var widths = geometry.Vectors(channels).Select(vector => vector.Width).ToArray();
        var quads = geometry.Window.Height * geometry.RowQuads;
        return new KernelPlan(tier, Name, widths[0], pixels, 0, 0) { Cycles = Layout.Clamp((geometry.Convolution.OutputPixels * widths.Length * ((quads * quad) + ending)) + CopyCycles(geometry)) };
    }
}
