namespace Espalier.Planning;

internal sealed partial class DenseKind
{
    public override LayerTraining BeginTraining(TrainingStart start) => new DenseTraining(start);
}
