using Espalier.Planning;

namespace Espalier.Generator.Annotations;

/// <summary>What is known of the numbers between two layers while a graph is read.</summary>
/// <param name="Source">The layer that gives them; −1 is what enters.</param>
/// <param name="Shape">Their shape; null while that is not known, as in a block by itself.</param>
/// <param name="Channels">Their channels, which are known more often.</param>
/// <param name="IsFlat">Whether the image counts as a vector.</param>
/// <param name="IsShared">Whether another branch takes them too.</param>
internal readonly record struct Flow(int Source, TensorShape? Shape, int? Channels, bool IsFlat = false, bool IsShared = false)
{
    public static Flow Unknown(int source) => new(source, null, null);

    public static Flow Of(int source, TensorShape shape) => new(source, shape, shape.Channels);

    /// <summary>For messages: <c>64×56×56</c>, or as much as is known.</summary>
    public string Text => Shape is { } shape ? shape.ToString() : Channels is { } channels ? $"{channels} channels" : "an unknown shape";
}
