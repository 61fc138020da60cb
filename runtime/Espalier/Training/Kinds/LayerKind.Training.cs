using Espalier.Numerics;

namespace Espalier.Planning;

/// <summary>The runtime's part of a layer kind: how it is trained.</summary>
internal abstract partial class LayerKind
{
    /// <summary>Fresh weights for one place, ready to be trained.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="batch">The most rows of a batch.</param>
    /// <param name="optimizer">How steps are made of gradients.</param>
    /// <param name="random">Where the first weights come from.</param>
    /// <param name="settings">How layers below fp32 are trained.</param>
    public virtual LayerTraining BeginTraining(LayerDescription layer, int batch, Optimizer optimizer, RandomNumbers random, LowPrecisionSettings settings) =>
        throw new System.NotSupportedException($"Layer {layer.Path}: layers of kind {Name} cannot be trained.");
}
