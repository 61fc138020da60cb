namespace Espalier.Planning;

internal sealed partial class GlobalAveragePoolKind
{
    public override LayerTraining BeginTraining(TrainingStart start) => new GlobalAveragePoolTraining(start);
}
