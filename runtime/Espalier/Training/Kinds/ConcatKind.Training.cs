namespace Espalier.Planning;

internal sealed partial class ConcatKind
{
    public override LayerTraining BeginTraining(TrainingStart start) => new ConcatTraining(start);
}
