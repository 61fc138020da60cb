using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>
/// ESP0112: a layer is listed in a model. A compilation-end action would see all models for nothing, but editors run those in builds only, and
/// builds do not show hints: so the first layer that is looked at finds what may be models of the project, once for each compilation.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LayerInNoModelAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.LayerInNoModel);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.UsesEspalier())
            {
                return;
            }

            // Not a lazy value: that would keep the cancellation of whoever asked first.
            CandidateModels? models = null;
            var gate = new object();
            start.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    if (!type.GetAttributes().Any(IsListed) || AnnotatedClass.Of(type).IsModel || MayBeListedElsewhere(type, symbol.Compilation))
                    {
                        return;
                    }

                    lock (gate)
                    {
                        models ??= CandidateModels.Of(symbol.Compilation, symbol.CancellationToken);
                    }

                    if (!models.List(type) && type.Locations.FirstOrDefault(location => location.IsInSource) is { } place)
                    {
                        symbol.ReportDiagnostic(Diagnostic.Create(UsageRules.LayerInNoModel, place, type.Name));
                    }
                },
                SymbolKind.NamedType);
        });
    }

    private static bool IsListed(AttributeData attribute) =>
        LayerAttribute.From(attribute) is not null || CompositionAttribute.From(attribute) is not null || attribute.Is(AttributeNames.Dropout) || attribute.Is(AttributeNames.Flatten);

    /// <summary>
    /// Whether another project may list a layer: those of a library that are visible outside, or to the assemblies that it names as
    /// friends. Programs are no one's library.
    /// </summary>
    private static bool MayBeListedElsewhere(INamedTypeSymbol type, Compilation compilation)
    {
        if (compilation.Options.OutputKind is not (OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule))
        {
            return false;
        }

        var friends = compilation.Assembly.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");
        for (var part = type; part is not null; part = part.ContainingType)
        {
            var visible = part.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
            if (!visible && !(friends && part.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal))
            {
                return false;
            }
        }

        return true;
    }
}
