using System.Collections.Generic;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;

namespace Espalier.Planning;

/// <summary>The generator's part of a layer kind: reading its attribute.</summary>
internal abstract partial class LayerKind
{
    /// <summary>The arguments of the kind's attribute, whatever their values; null while they do not bind.</summary>
    public virtual EquatableArray<int>? ReadArguments(AttributeData attribute) => EquatableArray<int>.Empty;

    /// <summary>The arguments that are no whole numbers, whatever their values.</summary>
    public virtual EquatableArray<float> ReadNumbers(AttributeData attribute) => default;

    /// <summary>Arguments that must be at least 1: their place in the attribute and their name.</summary>
    public virtual IEnumerable<(int Index, string Name)> SizeArguments => [];

    /// <summary>Properties that must be at least 1 where they are set.</summary>
    public virtual IEnumerable<string> SizeProperties => [];

    /// <summary>Whether every output has a bias.</summary>
    public virtual bool ReadBias(AttributeData attribute) => HasWeights && (attribute.Named<bool>("Bias") ?? true);
}
