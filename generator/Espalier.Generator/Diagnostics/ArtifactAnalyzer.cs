using System.Collections.Immutable;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>Looks at a valid model together with its manifest.</summary>
internal abstract class ArtifactAnalyzer(DiagnosticDescriptor rule) : DiagnosticAnalyzer
{
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(rule);

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.UsesEspalier())
            {
                return;
            }

            var manifests = ManifestCache.ReadAll(
                start.Options, text => start.TryGetValue(text, ManifestCache.Reader, out var manifest) ? manifest : null, start.CancellationToken);
            var severity = RequiredArtifacts.Severity(rule, start.Options);
            var project = ProjectDemands.Of(start.Options);
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (Find((INamedTypeSymbol)symbol.Symbol, manifests, project, symbol.CancellationToken) is { } fault)
                    {
                        var location = FaultLocation.Of(fault, symbol.Symbol, symbol.CancellationToken);
                        var chosen = RequiredArtifacts.TryChosen(rule, symbol.Compilation.Options, location, out var configured, symbol.CancellationToken) ? configured : severity;
                        if (chosen is { } shown)
                        {
                            symbol.ReportDiagnostic(Diagnostic.Create(rule, location, shown, null, CheckAnalyzer.Properties(fault), fault.Values));
                        }
                    }
                },
                SymbolKind.NamedType);
        });
    }

    /// <summary>What is wrong with a model's artifact as far as this rule is concerned, or null.</summary>
    /// <param name="annotated">The model's attributes.</param>
    /// <param name="model">The same as values.</param>
    /// <param name="manifest">Its manifest; null when there is none.</param>
    /// <param name="verdict">How the two compare.</param>
    /// <param name="project">What the project demands of its models.</param>
    protected abstract Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project);

    private Fault? Find(INamedTypeSymbol symbol, Planning.EquatableArray<Manifest> manifests, ProjectDemands project, System.Threading.CancellationToken cancellation)
    {
        if (symbol.GetAttributes().IsEmpty || AnnotatedClass.Of(symbol) is not { IsModel: true } annotated)
        {
            return null;
        }

        if (AnnotationReader.ReadModel(symbol, cancellation) is not { } model)
        {
            return null;
        }

        var manifest = ManifestSearch.For(model.Type, manifests);
        return Find(annotated, model, manifest, ArtifactVerdict.Of(model, manifest), project);
    }
}
