using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>A way to run a pruned fp32 convolution on planes. Layouts differ in what a nonzero is in the table.</summary>
internal abstract partial class SparseConvolutionFloatLayout : ConvolutionLayout
{
    /// <summary>Vectors of pixels that share a weight: as many sums as hide the latency of two multiplications a cycle.</summary>
    public const int VectorsOfTile = 8;

    public override bool SkipsZeros => true;

    public override int ScratchBytes(LayerDefinition definition, KernelPlan plan) => PlaneGeometry.Of(definition, plan.Slots, sizeof(float)).ScratchBytes;

    public override int ThreadBytes(LayerDefinition definition, KernelPlan plan) => PlaneGeometry.Of(definition, plan.Slots, sizeof(float)).RoomBytes;

    /// <summary>Bytes of a nonzero.</summary>
    private protected abstract int NonzeroBytes { get; }

    private protected abstract bool Fits(LayerFacts facts);

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger || facts.Density >= 1 || !Fits(facts))
        {
            yield break;
        }

        // Cycles of a nonzero for a tile of pixels, of what ends a tile, and of turning a number: AVX2 is measured on Sapphire Rapids, where
        // loads across lines and from the second-level cache decide; the others are estimated.
        var (lanes, nonzero, ending, turning) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (16, 14.0, 24.0, 0.8),
            Tier.AvxVnni or Tier.Avx2 => (8, 12.0, 24.0, 0.8),
            Tier.Ssse3 or Tier.Portable => (4, 7.0, 24.0, 1.0),
            Tier.AdvSimd or Tier.AdvSimdDp => (4, 6.0, 24.0, 1.0),
            _ => (4, 40.0, 80.0, 2.0),
        };
        var pixels = lanes * VectorsOfTile;
        var planes = PlaneGeometry.Of(facts.Definition, pixels, sizeof(float));
        if (!planes.HasPlaces)
        {
            yield break;
        }

        var geometry = planes.Convolution;
        var nonzeros = facts.Density * geometry.GroupChannels * geometry.Window.Height * geometry.Window.Width;
        var rows = (double)planes.Tiles * geometry.PaddedOutputs;
        var numbers = ((double)planes.Count * planes.PlaneNumbers) + (rows * pixels);

        // A table beyond the first-level cache is read again for each tile; the third level's bytes are slower than what they multiply.
        var read = WeightCycles(nonzeros * geometry.Outputs * NonzeroBytes, planes.Tiles) / 4;
        yield return new KernelPlan(tier, Name, 1, pixels, 0, 0) { Cycles = Layout.Clamp((rows * ((nonzeros * nonzero) + ending)) + (numbers * turning) + read) };
    }
}
