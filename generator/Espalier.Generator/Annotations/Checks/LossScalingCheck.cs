using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Gradients in fp16 need a factor on the loss: a share of them lies below what fp16 holds (Micikevicius et al., 2018).</summary>
internal sealed class LossScalingCheck : ModelCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<PlacedLayer> layers)
    {
        var train = TrainReader.Read(annotated.Train);
        if (train.DynamicLossScaling != true && train.LossScaling is null or 1 && HalfGradients.First(layers) is { } place)
        {
            var values = new object[] { annotated.Symbol.Name, place.Path, HalfGradients.Of(place) };
            yield return train.LossScaling is not null ? Fault.InProperty(annotated.Train!, "LossScaling", values)
                : train.DynamicLossScaling is not null ? Fault.InProperty(annotated.Train!, "DynamicLossScaling", values)
                : Fault.InArgument(sequential, place.TopPlace, "", values);
        }
    }
}
