namespace Espalier.Planning;

internal sealed partial class AveragePoolKind
{
    public override LayerTraining BeginTraining(TrainingStart start) => new AveragePoolTraining(start);
}
