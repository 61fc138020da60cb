using System;

namespace Espalier;

/// <summary>Makes a partial class a model: a chain of layers, the outputs of each being the inputs of the next.</summary>
/// <param name="layers">The layer classes in order. The same class may stand more than once: every place has its own weights.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SequentialAttribute(params Type[] layers) : Attribute
{
    /// <summary>The layer classes in order.</summary>
    public Type[] Layers { get; } = layers;
}
