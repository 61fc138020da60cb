namespace Espalier.Planning;

internal sealed partial class MaxPoolKind
{
    public override LayerTraining BeginTraining(TrainingStart start) => new MaxPoolTraining(start);
}
