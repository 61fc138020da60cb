using Espalier.Numerics;

namespace Espalier.Planning;

/// <summary>The runtime's part of a layer kind: how it is trained.</summary>
internal abstract partial class LayerKind
{
    /// <summary>Fresh weights for one place, ready to be trained.</summary>
    public abstract LayerTraining BeginTraining(LayerDescription layer, Optimizer optimizer, RandomNumbers random);
}
