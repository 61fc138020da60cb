using System.Collections.Generic;
using System.Linq;

namespace Espalier.Generator.Annotations;

/// <summary>The layer that takes what enters a class.</summary>
internal static class FirstLayer
{
    /// <summary>Whether a chain is a model without an image: its first layer says what it takes, or is none at all, which a rule says.</summary>
    public static bool IsKnown(AnnotatedClass annotated) => Of(annotated) is not { } first || (first.HasWeights && first.Layers[0].Kind.HasOwnShape);

    /// <summary>The first class with weights, pool or normalisation; null when there is none, or when it cannot be told.</summary>
    public static AnnotatedClass? Of(AnnotatedClass annotated) => Of(annotated, []);

    private static AnnotatedClass? Of(AnnotatedClass annotated, HashSet<AnnotatedClass> seen)
    {
        if (!seen.Add(annotated))
        {
            return null;
        }

        if (annotated.Compositions.Count == 0)
        {
            return annotated.HasWeights || annotated.Steps.Count > 0 ? annotated : null;
        }

        // Flatten and dropout leave what enters as it is.
        var first = ModelPlaces.Of(annotated.Compositions[0].Attribute)
            .Select(place => place.Class)
            .FirstOrDefault(listed => listed is not { IsLayer: true, HasWeights: false, Steps.Count: 0 });
        return first is null ? null : Of(first, seen);
    }
}
