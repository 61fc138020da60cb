using System.Linq;
using System.Threading;
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
        if (!annotated.IsModel || !annotated.Passes(cancellation))
        {
            return null;
        }

        var graph = annotated.Graph;
        return graph.IsComplete && graph.Classes.All(part => part.Passes(cancellation))
            ? new ModelAnnotation(
                annotated.Identity,
                graph.Occurrences(),
                TrainReader.Read(annotated.Train),
                TrainReader.ReadFloor(annotated.AccuracyFloor),
                TrainReader.ReadFastStart(annotated.Coding))
            : null;
    }
}
