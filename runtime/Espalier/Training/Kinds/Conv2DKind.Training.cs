namespace Espalier.Planning;

internal sealed partial class Conv2DKind
{
    public override LayerTraining BeginTraining(TrainingStart start) => new ConvolutionTraining(start);
}
