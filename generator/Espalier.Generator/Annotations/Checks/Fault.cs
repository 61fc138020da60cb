using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A mistake that a check found: where to show it and the numbers and names of its message.</summary>
internal sealed class Fault
{
    private Fault(AttributeData? attribute, int position, string argument, object[] values)
    {
        Attribute = attribute;
        Position = position;
        Argument = argument;
        Values = values;
    }

    /// <summary>The attribute at fault; null when it is the class itself.</summary>
    public AttributeData? Attribute { get; }

    /// <summary>The place of the attribute's argument at fault, or -1: then the name alone finds it, or the whole attribute is meant.</summary>
    public int Position { get; }

    /// <summary>The argument's name as parameter or property, or empty.</summary>
    public string Argument { get; }

    /// <summary>What goes into the message.</summary>
    public object[] Values { get; }

    /// <summary>What to write instead, for the code fix; null when only the author can know.</summary>
    public string? Suggestion { get; private set; }

    public static Fault InClass(params object[] values) => new(null, -1, "", values);

    public static Fault In(AttributeData attribute, params object[] values) => new(attribute, -1, "", values);

    public static Fault InArgument(AttributeData attribute, int position, string name, params object[] values) => new(attribute, position, name, values);

    public static Fault InProperty(AttributeData attribute, string name, params object[] values) => new(attribute, -1, name, values);

    public Fault Suggesting(string text)
    {
        Suggestion = text;
        return this;
    }
}
