using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// Of the numbers in attributes one is stored in fp16: the gradient of the loss, which a fixed factor and the batch scale. A score's gradient is its probability,
/// less 1 for the right one, so that it reaches factor / batch and no more.
/// </summary>
internal sealed class ScaledLossRangeCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        // Few models name a factor: the layers of all others need not be read.
        var train = TrainReader.Read(annotated.Train);
        var batch = train.BatchSize ?? TrainingDefaults.BatchSize;
        if (train is { LossScaling: { } factor, DynamicLossScaling: not true } && factor is > 0 and not 1 && batch >= 1
            && factor / batch is < HalfGradients.SmallestNormal or > HalfGradients.Largest
            && annotated.Sequentials.Count == 1 && annotated.IsModel && HalfGradients.First(annotated.Graph.Layers) is { } place)
        {
            yield return Fault.InProperty(
                annotated.Train!, "LossScaling", annotated.Symbol.Name, Text(factor), batch, Text(factor / batch), place.Path, HalfGradients.Of(place),
                Text(batch * HalfGradients.SmallestNormal), Text(batch * HalfGradients.Largest));
        }
    }

    private static string Text(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
}
