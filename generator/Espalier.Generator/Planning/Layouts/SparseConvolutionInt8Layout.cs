using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// Pruned int8 convolutions: the map is turned into planes, and each output channel goes through its nonzeros two at a time, for a whole vector of pixels at once. Where
/// nonzeros lie is in a table, so nothing is multiplied that is 0 and no vector is shared by what is and what is not.
/// </summary>
internal sealed partial class SparseConvolutionInt8Layout : ConvolutionLayout
{
    /// <summary>Pairs of nonzeros whose products are added in 16 bits: no more than the packer finds room for in weights as large as pruning leaves them.</summary>
    private const int GroupPairs = 2;

    public override string Name => "SparseConvolutionInt8";

    public override bool SkipsZeros => true;

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"sparse int8 convolution at {facts.DensityText} density over planes of channels, {plan.Slots} pixels at a time, 16-bit sums of {plan.Depth} pairs of nonzeros";

    public override int ScratchBytes(LayerDefinition definition, KernelPlan plan) => PlaneGeometry.Of(definition, plan.Slots, sizeof(byte)).ScratchBytes;

    public override int ThreadBytes(LayerDefinition definition, KernelPlan plan) => PlaneGeometry.Of(definition, plan.Slots, sizeof(byte)).RoomBytes;

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (!facts.Definition.IsInteger || facts.Input == EdgeForm.Planes || facts.Density >= 1)
        {
            yield break;
        }

        // Cycles of two nonzeros for a vector of pixels, of what ends a vector (less what dense kernels take as well and are not priced by), and of turning a
        // number: AVX2 is measured on Zen 3 and AVX-512 on Sapphire Rapids, both beside other work; the others are estimated.
        var (pixels, pair, ending, turning) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (64, 5.0, 12.0, 0.3),
            Tier.AvxVnni or Tier.Avx2 => (32, 4.0, 10.0, 0.3),
            Tier.Ssse3 => (16, 4.0, 10.0, 0.3),
            Tier.Portable => (16, 12.0, 15.0, 1.0),
            Tier.AdvSimd or Tier.AdvSimdDp => (16, 4.0, 10.0, 0.3),
            _ => (16, 40.0, 60.0, 1.5),
        };
        var planes = PlaneGeometry.Of(facts.Definition, pixels, sizeof(byte));
        if (!planes.HasPlaces)
        {
            yield break;
        }

        var geometry = planes.Convolution;
        var nonzeros = facts.Density * geometry.GroupChannels * geometry.Window.Height * geometry.Window.Width;

        // Pairs are taken by twos: half a step is empty on average.
        var vectors = (double)planes.Tiles * geometry.PaddedOutputs;
        var numbers = ((double)planes.Count * planes.PlaneNumbers) + (vectors * pixels);
        yield return new KernelPlan(tier, Name, 1, pixels, 0, GroupPairs) { Cycles = Layout.Clamp((vectors * ((((nonzeros / 2) + 1) * pair) + ending)) + (numbers * turning)) };
    }
}
