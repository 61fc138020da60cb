using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// Integer kernels add products in 32 bits and all others in fp32. Anything narrower would not hold the products, so that training turns it down; 16-bit floats
/// are simulated while training, whatever the kernels do.
/// </summary>
internal sealed class AccumulatorFormatCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var sums = definition.Quantize.Accumulators;
        if (annotated.Quantize is { } quantize
            && !(sums is NumberFormat.Fp32 or NumberFormat.Fp16 or NumberFormat.Bf16 || (sums == NumberFormat.Int32 && definition.IsInteger)))
        {
            var fitting = definition.IsInteger ? NumberFormat.Int32 : NumberFormat.Fp32;
            yield return Fault.InProperty(quantize, "Accumulators", annotated.Symbol.Name, sums.ToString(), Reason(definition), fitting.ToString())
                .Suggesting(fitting.ToString());
        }
    }

    private static string Reason(LayerDefinition definition)
    {
        var (quantize, sums) = (definition.Quantize, SumTop(definition.Quantize.Accumulators));
        var weights = quantize.Weights == NumberFormat.Int16 ? short.MaxValue : quantize.Weights.WeightTop();
        var inputs = quantize.Inputs.ActivationTop() > 0 ? ActivationPlanes.PartTop(quantize.Inputs.ActivationTop()) : weights == short.MaxValue ? short.MaxValue : 0;
        var product = (long)weights * inputs;
        var place = definition.IsInteger ? "its kernels add in 32 bits" : $"{quantize.Weights} weights and {quantize.Inputs} inputs are multiplied and added in fp32";
        return product == 0 || sums == 0 || definition.WeightColumns <= sums / product
            ? place
            : $"{place}: products reach {product}, of which {(sums / product is 0 ? "none fits" : sums / product is 1 ? "1 fits" : $"{sums / product} fit")} in {quantize.Accumulators} where {definition.WeightColumns} are added";
    }

    /// <summary>The largest sum of an integer format; 0 for those that hold none.</summary>
    private static long SumTop(NumberFormat format) => format switch
    {
        NumberFormat.Int32 => int.MaxValue,
        NumberFormat.Int16 => short.MaxValue,
        _ => format.WeightTop(),
    };
}
