using Espalier.Numerics;

namespace Espalier.Planning;

internal sealed partial class DenseKind
{
    public override LayerTraining BeginTraining(LayerDescription layer, int batch, Optimizer optimizer, RandomNumbers random, LowPrecisionSettings settings) =>
        new DenseTraining(layer, batch, optimizer, random, settings);
}
