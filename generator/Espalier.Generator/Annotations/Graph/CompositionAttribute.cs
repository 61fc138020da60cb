using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>How a class is put together from others.</summary>
internal enum CompositionForm
{
    /// <summary>One after the other.</summary>
    Sequential,

    /// <summary>A body whose result is added to what entered.</summary>
    Residual,

    /// <summary>Branches that all take what enters.</summary>
    Concat,

    /// <summary>One block several times.</summary>
    Repeat,
}

/// <summary>An attribute that puts a class together from others.</summary>
internal readonly record struct CompositionAttribute(CompositionForm Form, AttributeData Attribute)
{
    public static CompositionAttribute? From(AttributeData attribute) =>
        attribute.Is(AttributeNames.Sequential) ? new(CompositionForm.Sequential, attribute)
        : attribute.Is(AttributeNames.Residual) ? new(CompositionForm.Residual, attribute)
        : attribute.Is(AttributeNames.Concat) ? new(CompositionForm.Concat, attribute)
        : attribute.Is(AttributeNames.Repeat) ? new(CompositionForm.Repeat, attribute)
        : null;

    /// <summary>How often a repeated block stands, whatever the number; 1 for all other forms and while the argument does not bind.</summary>
    public int Count => Form == CompositionForm.Repeat ? Attribute.Argument<int>(1) ?? 1 : 1;
}
