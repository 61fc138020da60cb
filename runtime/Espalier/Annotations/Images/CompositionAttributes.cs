using System;

namespace Espalier;

/// <summary>A block whose result is its body's plus what entered: <c>x + body(x)</c>, then the class's own activation (He et al. 2015).</summary>
/// <param name="layers">The body's classes in order: layers or blocks.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ResidualAttribute(params Type[] layers) : Attribute
{
    /// <summary>The body's classes in order.</summary>
    public Type[] Layers { get; } = layers;

    /// <summary>The class that what entered passes before it is added, where the body changes its shape; null adds it as it is.</summary>
    public Type? Projection { get; set; }
}

/// <summary>A block whose branches all take what enters; their channels follow one another in what leaves.</summary>
/// <param name="branches">A class for each branch: layers or blocks.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConcatAttribute(params Type[] branches) : Attribute
{
    /// <summary>A class for each branch.</summary>
    public Type[] Branches { get; } = branches;
}

/// <summary>A block that stands so many times in a row, each time with its own weights.</summary>
/// <param name="block">The class: a layer or block that gives the shape it takes.</param>
/// <param name="count">How often, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RepeatAttribute(Type block, int count) : Attribute
{
    /// <summary>The class that is repeated.</summary>
    public Type Block { get; } = block;

    /// <summary>How often.</summary>
    public int Count { get; } = count;
}
