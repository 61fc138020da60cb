using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Pipeline;

/// <summary>Steps from attributes to records: the only ones that see symbols.</summary>
internal static class AnnotationSteps
{
    /// <summary>One list of layers for every layer kind whose classes have code of their own.</summary>
    public static IncrementalValuesProvider<LayerAnnotation>[] FindLayers(this IncrementalGeneratorInitializationContext context) =>
        LayerKinds.All.Where(kind => kind.HasOwnShape).Select(kind => context.SyntaxProvider
            .ForAttributeWithMetadataName(
                kind.AttributeName!, static (_, _) => true, static (found, cancellation) => AnnotationReader.ReadLayer(found.TargetSymbol, cancellation))
            .WhereNotNull()
            .WithTrackingName(TrackingNames.Layers)).ToArray();

    public static IncrementalValuesProvider<ModelAnnotation> FindModels(this IncrementalGeneratorInitializationContext context) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.Sequential, static (_, _) => true, static (found, cancellation) => AnnotationReader.ReadModel(found.TargetSymbol, cancellation))
            .WhereNotNull()
            .WithTrackingName(TrackingNames.Models);

    private static IncrementalValuesProvider<T> WhereNotNull<T>(this IncrementalValuesProvider<T?> values)
        where T : class => values.Where(static value => value is not null)!;
}
