namespace Espalier.Planning;

internal sealed partial class AddKind
{
    public override LayerTraining BeginTraining(TrainingStart start) => new AddTraining(start);
}
