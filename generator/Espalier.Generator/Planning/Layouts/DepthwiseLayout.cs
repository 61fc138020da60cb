using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>A way to run a convolution of which each channel has a window of its own, in vectors of channels.</summary>
internal abstract partial class DepthwiseLayout : ConvolutionLayout
{
    private protected abstract int NumberBytes { get; }

    public override int ScratchBytes(LayerDefinition definition, KernelPlan plan) => DepthwiseGeometry.Of(definition)!.ScratchBytes(NumberBytes);

    private protected sealed override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger == (NumberBytes == 1) && facts.Input != EdgeForm.Planes && DepthwiseGeometry.Of(facts.Definition) is { } geometry)
        {
            yield return Offer(geometry, tier);
        }
    }

    /// <summary>The plan for a tier.</summary>
    private protected abstract KernelPlan Offer(DepthwiseGeometry geometry, Tier tier);

    /// <summary>Cycles of a copy with a number for each output channel, where a layer needs one.</summary>
    private protected static double CopyCycles(DepthwiseGeometry geometry) => geometry.MayCopy ? 1.5 * geometry.Convolution.Height * geometry.RowPitch : 0;
}
