using System.Linq;
using System.Threading;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>
/// The transforms: symbols in, values out. A class with a mistake yields nothing and the generator stays silent; the analyzers,
/// which run the same checks, say why.
/// </summary>
internal static class AnnotationReader
{
    public static LayerAnnotation? ReadLayer(ISymbol symbol, CancellationToken cancellation)
    {
        var annotated = AnnotatedClass.Of((INamedTypeSymbol)symbol);
        return annotated.Definition is { } definition && annotated.Passes(cancellation)
            ? new LayerAnnotation(annotated.Identity, definition)
            : null;
    }

    public static ModelAnnotation? ReadModel(ISymbol symbol, CancellationToken cancellation)
    {
        var annotated = AnnotatedClass.Of((INamedTypeSymbol)symbol);
        if (!annotated.Passes(cancellation))
        {
            return null;
        }

        var places = ModelPlaces.Of(annotated.Sequentials[0]);
        return places.Count > 0 && places.All(place => place.Class?.Definition is not null && place.Class.Passes(cancellation))
            ? new ModelAnnotation(
                annotated.Identity,
                places.Select(place => new OccurrenceAnnotation(place.Path, place.Class!.Identity, place.Class.Definition!))
                    .ToEquatableArray(),
                TrainReader.Read(annotated.Train),
                TrainReader.ReadFloor(annotated.AccuracyFloor),
                TrainReader.ReadFastStart(annotated.Coding))
            : null;
    }
}
