using Espalier.Numerics;

namespace Espalier.Planning;

internal sealed partial class DenseKind
{
    public override LayerTraining BeginTraining(LayerDescription layer, int batch, Optimizer optimizer, RandomNumbers random) => new DenseTraining(layer, batch, optimizer, random);
}
