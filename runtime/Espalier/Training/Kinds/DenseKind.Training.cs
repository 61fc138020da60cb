using Espalier.Numerics;

namespace Espalier.Planning;

internal sealed partial class DenseKind
{
    public override LayerTraining BeginTraining(LayerDescription layer, Optimizer optimizer, RandomNumbers random) => new DenseTraining(layer, optimizer, random);
}
