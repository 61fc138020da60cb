using Espalier.Planning;

namespace Espalier.Generator.Annotations;

/// <summary>A layer at its place in a graph, still with the class that it comes from.</summary>
internal sealed class PlacedLayer(string path, AnnotatedClass annotated, EquatableArray<int> sources, int topPlace)
{
    /// <summary>The key of the place's weights: position and class at each level.</summary>
    public string Path { get; } = path;

    /// <summary>The class whose attributes say the layer; of a sum or a concatenation the composition.</summary>
    public AnnotatedClass Class { get; } = annotated;

    /// <summary>The layers that it takes from, by their place; −1 is what enters.</summary>
    public EquatableArray<int> Sources { get; } = sources;

    /// <summary>The position in the list of the class whose graph this is.</summary>
    public int TopPlace { get; } = topPlace;

    /// <summary>What enters, as far as is known.</summary>
    public Flow Entering { get; set; }

    /// <summary>The layer in the shape that it has here; null while that is not known.</summary>
    public LayerDefinition? Definition { get; set; }
}
