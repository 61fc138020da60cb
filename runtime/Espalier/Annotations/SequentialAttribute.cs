using System;

namespace Espalier;

/// <summary>
/// Makes a partial class a model: a chain of layers and blocks, the outputs of each being the inputs of the next. A chain that begins with a convolution or
/// a pool needs <see cref="ImageAttribute"/> for that; without it is a block, which models and other blocks list.
/// </summary>
/// <param name="layers">The classes of layers and blocks in order. The same class may stand more than once: every place has its own weights.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SequentialAttribute(params Type[] layers) : Attribute
{
    /// <summary>The layer classes in order.</summary>
    public Type[] Layers { get; } = layers;
}
