using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>An attribute that declares a layer, and the kind that it declares.</summary>
internal readonly record struct LayerAttribute(LayerKind Kind, AttributeData Attribute)
{
    public static LayerAttribute? From(AttributeData attribute)
    {
        foreach (var kind in LayerKinds.All)
        {
            if (kind.AttributeName is { } name && attribute.Is(name))
            {
                return new LayerAttribute(kind, attribute);
            }
        }

        return null;
    }
}

/// <summary>An attribute that names an activation.</summary>
internal readonly record struct ActivationAttribute(ActivationKind Activation, AttributeData Attribute);
