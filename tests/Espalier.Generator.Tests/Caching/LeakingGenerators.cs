using Espalier.Generator.Annotations;
using Espalier.Generator.Pipeline;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>Pipelines with the faults that the caching tests are there to find: what passes them must fail on these.</summary>
internal sealed class LeakingGenerator(Func<GeneratorAttributeSyntaxContext, object> transform) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var layers = context.SyntaxProvider
            .ForAttributeWithMetadataName("Espalier.DenseAttribute", static (_, _) => true, (found, _) => transform(found))
            .WithTrackingName(TrackingNames.Layers)
            .Select(static (value, _) => value.ToString()!)
            .WithTrackingName(TrackingNames.LayerFiles);
        context.RegisterSourceOutput(layers, static (_, _) => { });
    }
}

/// <summary>A pipeline that takes the compilation along, so that every edit re-runs all of it.</summary>
internal sealed class CompilationGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var layers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "Espalier.DenseAttribute", static (_, _) => true, static (found, cancellation) => AnnotationReader.ReadLayer(found.TargetSymbol, cancellation)!)
            .Combine(context.CompilationProvider)
            .Select(static (pair, _) => pair.Left with { Type = pair.Left.Type with { Namespace = pair.Right.SyntaxTrees.Count() + Guid.NewGuid().ToString() } })
            .WithTrackingName(TrackingNames.LayerFiles);
        context.RegisterSourceOutput(layers, static (output, layer) => output.AddSource(layer.Type.Name, "// " + layer.Type.Namespace));
    }
}
