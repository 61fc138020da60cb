using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>
/// Looks at the native form of a project that has models, and says once what it finds: at the first model, or nowhere when all
/// models stand in references. Projects that are not published by NativeAOT cost nothing.
/// </summary>
internal abstract class PublishAnalyzer(DiagnosticDescriptor rule) : DiagnosticAnalyzer
{
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(rule);

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var target = PublishTarget.Of(start.Options);
            if (!Concerns(target) || !start.Compilation.UsesEspalier())
            {
                return;
            }

            var manifests = ManifestCache.ReadAll(
                start.Options, text => start.TryGetValue(text, ManifestCache.Reader, out var manifest) ? manifest : null, start.CancellationToken);
            var models = new ConcurrentBag<(ModelAnnotation Model, Location Place)>();
            start.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    if (type.GetAttributes().FirstOrDefault(attribute => attribute.Is(AttributeNames.Sequential)) is { } sequential
                        && AnnotationReader.ReadModel(type, symbol.CancellationToken) is { } model)
                    {
                        models.Add((model, FaultLocation.Of(Fault.In(sequential), type, symbol.CancellationToken)));
                    }
                },
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, target, manifests, models));
        });
    }

    /// <summary>Whether the rule has anything to ask of a target.</summary>
    protected abstract bool Concerns(PublishTarget target);

    /// <summary>The values of the message when the rule does not hold, otherwise null.</summary>
    /// <param name="target">The native form.</param>
    /// <param name="cycles">What the models cost on each tier; there is one model at least.</param>
    /// <param name="compilation">The project's code.</param>
    protected abstract object[]? Find(PublishTarget target, ModelCycles cycles, Compilation compilation);

    private void Report(
        CompilationAnalysisContext end, PublishTarget target, EquatableArray<Manifest> manifests, ConcurrentBag<(ModelAnnotation Model, Location Place)> models)
    {
        var own = models.OrderBy(model => model.Place.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(model => model.Place.SourceSpan.Start).ToArray();
        var cycles = ModelCycles.Of(own.Select(model => model.Model), manifests, end.Compilation, end.CancellationToken);
        if (cycles.Models > 0 && Find(target, cycles, end.Compilation) is { } values)
        {
            end.ReportDiagnostic(Diagnostic.Create(rule, own.Length > 0 ? own[0].Place : Location.None, values));
        }
    }
}
