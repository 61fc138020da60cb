using System.Collections.Generic;
using System.Globalization;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// Without master weights, nearest rounding puts a weight back where it was unless its update reaches half the distance of two points. Adam's steps are about as
/// large as the learning rate whatever the gradients are, since it divides by their size (Kingma and Ba, 2015, section 2.1), so they need no guess; those of plain
/// gradient descent are the rate times gradients that are far below 1, so they are lost before Adam's.
/// </summary>
internal sealed class LostUpdateCheck : ModelCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<PlacedLayer> layers)
    {
        var said = TrainReader.Read(annotated.Train).LearningRate;
        var rate = said ?? TrainingDefaults.LearningRate;
        foreach (var place in layers)
        {
            if (place.Definition is { WeightColumns: >= 1, WeightRows: >= 1, Quantize: { MasterWeights: false, StochasticRounding: false } } layer
                && Step(layer) is var step
                && rate > 0 && rate < step / 2)
            {
                yield return Fault.InArgument(
                    sequential, place.TopPlace, "", annotated.Symbol.Name, place.Path, Text(rate), said is null ? "the learning rate unless options say otherwise" : "the learning rate",
                    layer.Quantize.Weights.ToString(), Text(step), Text(step / 2));
            }
        }
    }

    private static double Step(LayerDefinition layer) => FirstWeights.Step(
        layer.Quantize.Weights, FirstWeights.Bound(layer.Activation == ActivationKind.Relu, layer.WeightColumns, layer.WeightRows), TrainingDefaults.WeightRange);

    private static string Text(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
