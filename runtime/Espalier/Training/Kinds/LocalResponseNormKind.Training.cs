namespace Espalier.Planning;

internal sealed partial class LocalResponseNormKind
{
    public override LayerTraining BeginTraining(TrainingStart start) => new ResponseNormTraining(start);
}
