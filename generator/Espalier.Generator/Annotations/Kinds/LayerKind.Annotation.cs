using System.Collections.Generic;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;

namespace Espalier.Planning;

/// <summary>The generator's part of a layer kind: reading its attribute.</summary>
internal abstract partial class LayerKind
{
    /// <summary>The arguments of the kind's attribute, whatever their values; null while they do not bind.</summary>
    public abstract EquatableArray<int>? ReadArguments(AttributeData attribute);

    /// <summary>Arguments that must be at least 1: their place in the attribute and their name.</summary>
    public abstract IEnumerable<(int Index, string Name)> SizeArguments { get; }

    /// <summary>Whether every output has a bias.</summary>
    public virtual bool ReadBias(AttributeData attribute) => attribute.Named<bool>("Bias") ?? true;
}
