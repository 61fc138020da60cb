using System;
using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>There are kernels for every precision of weights but Int32.</summary>
internal sealed class WeightFormatCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var weights = definition.Quantize.Weights;
        if (annotated.Quantize is { } quantize && (weights == NumberFormat.Int32 || !Enum.IsDefined(typeof(NumberFormat), weights)))
        {
            yield return Fault.InArgument(quantize, 0, "weights", annotated.Symbol.Name, weights.ToString());
        }
    }
}
