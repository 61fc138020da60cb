using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Exact sums in 32 bits: no weights and no inputs that the grids allow may overflow them.</summary>
internal sealed class AccumulatorCheck : LayerCheck
{
    /// <summary>The rounded bias may take a quarter of the positive range and more: the runtime clamps it to 2²⁹.</summary>
    private const long BiasLimit = 1L << 29;

    /// <summary>
    /// The most inputs for which 2²⁹ + 2 · top · weightTop · inputs ≤ 2³¹ - 1; twice, because the share of the inputs' zero point can be as large as the sum.
    /// Each plane of 14-bit inputs has sums of its own, which meet in floats: the top is that of a plane.
    /// </summary>
    public static int InputLimit(QuantizeDefinition quantize) =>
        (int)((int.MaxValue - BiasLimit) / (2L * ActivationPlanes.PartTop(quantize.Inputs.ActivationTop()) * quantize.Weights.WeightTop()));

    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        if (definition.IsInteger && definition.WeightColumns > InputLimit(definition.Quantize))
        {
            yield return Fault.InArgument(
                annotated.Layers[0].Attribute, 0, "inputs", annotated.Symbol.Name, definition.WeightColumns, InputLimit(definition.Quantize),
                definition.Quantize.Weights.ToString(), definition.Quantize.Inputs.ToString());
        }
    }
}
