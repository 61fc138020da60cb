namespace Espalier.Planning;

/// <summary>The runtime's part of a layer kind: how it is trained.</summary>
internal abstract partial class LayerKind
{
    /// <summary>Fresh weights for one place, ready to be trained; of kinds without weights, how numbers and gradients pass through.</summary>
    /// <param name="start">The place, and what its training begins with.</param>
    public virtual LayerTraining BeginTraining(TrainingStart start) =>
        throw new System.NotSupportedException($"Layer {start.Layer.Path}: layers of kind {Name} cannot be trained.");
}
