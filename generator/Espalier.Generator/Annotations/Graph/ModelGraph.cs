using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Annotations;

/// <summary>What a composition comes to: a flat list of layers, each after all that it takes from, and what does not fit among them.</summary>
/// <param name="Layers">The layers in order.</param>
/// <param name="Faults">What does not fit, each where it was met.</param>
/// <param name="Classes">Every class that takes part, the composition's own included.</param>
/// <param name="HasGaps">Whether something is listed that is no layer.</param>
internal sealed record ModelGraph(IReadOnlyList<PlacedLayer> Layers, IReadOnlyList<GraphFault> Faults, IReadOnlyCollection<AnnotatedClass> Classes, bool HasGaps)
{
    /// <summary>Whether the shape of every layer is known.</summary>
    public bool IsComplete => Layers.Count > 0 && Faults.Count == 0 && !HasGaps && Layers.All(layer => layer.Definition is not null);

    /// <summary>The layers as values.</summary>
    public EquatableArray<OccurrenceAnnotation> Occurrences() => Layers
        .Select((layer, i) => new OccurrenceAnnotation(layer.Path, layer.Class.Identity, layer.Definition!, layer.Sources.Count == 1 && layer.Sources[0] == i - 1 ? default : layer.Sources))
        .ToEquatableArray();
}

/// <summary>What does not fit in a graph.</summary>
internal enum GraphFaultKind
{
    /// <summary>A layer takes another count of numbers than the one before gives.</summary>
    Numbers,

    /// <summary>A layer takes another count of channels than the one before gives.</summary>
    Channels,

    /// <summary>A window is larger than the image around which it moves.</summary>
    Window,

    /// <summary>A sum of tensors of different shapes.</summary>
    Sum,

    /// <summary>A concatenation of images of different sizes, or of fewer than two.</summary>
    Branches,

    /// <summary>A repeated block that gives another shape than it takes.</summary>
    Repeat,

    /// <summary>A composition that contains itself.</summary>
    Cycle,

    /// <summary>More layers than a model may have.</summary>
    TooMany,

    /// <summary>More numbers between two layers than an array may have.</summary>
    TooLarge,

    /// <summary>Dropout with no layer of its own before it.</summary>
    Dropout,
}

/// <summary>Something that does not fit.</summary>
/// <param name="Kind">What.</param>
/// <param name="Owner">The class that has it in its list.</param>
/// <param name="List">The attribute with the list.</param>
/// <param name="Place">The position in that list; -1 for the argument of the name, or for the whole attribute.</param>
/// <param name="Argument">The argument's name, or empty.</param>
/// <param name="TopPlace">The position in the list of the class whose graph was read.</param>
/// <param name="Values">What goes into the message, behind the name of the class whose graph was read.</param>
internal sealed record GraphFault(
    GraphFaultKind Kind, AnnotatedClass Owner, Microsoft.CodeAnalysis.AttributeData List, int Place, string Argument, int TopPlace, object[] Values);
