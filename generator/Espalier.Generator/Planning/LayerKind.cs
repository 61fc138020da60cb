using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// A kind of layer. One class in parts: shapes and cost (here), reading its attribute and emitting its description (the
/// generator), initialisation and its training step (the runtime).
/// </summary>
internal abstract partial class LayerKind
{
    /// <summary>The name in descriptions, manifests and blobs. Never renamed.</summary>
    public abstract string Name { get; }

    /// <summary>The full metadata name of the attribute that declares this kind; null for kinds that only compositions make.</summary>
    public abstract string? AttributeName { get; }

    /// <summary>Whole numbers that describe a layer of this kind.</summary>
    public abstract int ArgumentCount { get; }

    /// <summary>Whether the kind has weights. Without, it moves or joins numbers: it is never quantized, pruned or shared.</summary>
    public virtual bool HasWeights => true;

    /// <summary>Tensors that enter, at least; compositions may give more to kinds that join.</summary>
    public virtual int LeastSources => 1;

    /// <summary>The shape that leaves, from the attribute's arguments and the shapes that enter; null when they do not fit.</summary>
    public abstract TensorShape? OutputShape(EquatableArray<int> arguments, IReadOnlyList<TensorShape> inputs);

    /// <summary>The shape that the arguments alone demand of what enters; null where any shape may enter, as in pools and convolutions.</summary>
    public virtual TensorShape? DemandedShape(EquatableArray<int> arguments) => null;

    /// <summary>Whether the arguments alone say what enters and what leaves, so that a class of the kind has code of its own.</summary>
    public virtual bool HasOwnShape => false;

    /// <summary>The smallest shape that may enter: what is asked of a class that stands in no model.</summary>
    public virtual TensorShape? LeastShape(EquatableArray<int> arguments) => DemandedShape(arguments);

    /// <summary>Rows of the matrix of weights, each of one output or output channel; 0 without weights.</summary>
    public virtual int WeightRows(LayerDefinition definition) => 0;

    /// <summary>Columns of the matrix of weights, each of one input or one place of a window; 0 without weights.</summary>
    public virtual int WeightColumns(LayerDefinition definition) => 0;

    /// <summary>Weights, biases not counted.</summary>
    public long WeightCount(LayerDefinition definition) => (long)WeightRows(definition) * WeightColumns(definition);

    /// <summary>Multiply-adds of one prediction when no weight is zero.</summary>
    public virtual long MultiplyAdds(LayerDefinition definition) => 0;
}
