namespace Espalier.Planning;

/// <summary>
/// A kind of layer. One class in parts: shapes and cost (here), reading its attribute and emitting its description (the
/// generator), initialisation and its training step (the runtime).
/// </summary>
internal abstract partial class LayerKind
{
    /// <summary>The name in descriptions, manifests and blobs. Never renamed.</summary>
    public abstract string Name { get; }

    /// <summary>The full metadata name of the attribute that declares this kind.</summary>
    public abstract string AttributeName { get; }

    /// <summary>Numbers that enter, from the attribute's arguments.</summary>
    public abstract int Inputs(EquatableArray<int> arguments);

    /// <summary>Numbers that leave, from the attribute's arguments.</summary>
    public abstract int Outputs(EquatableArray<int> arguments);

    /// <summary>Weights, biases not counted.</summary>
    public abstract long WeightCount(LayerDefinition definition);

    /// <summary>Multiply-adds of one prediction when no weight is zero.</summary>
    public abstract long MultiplyAdds(LayerDefinition definition);
}
