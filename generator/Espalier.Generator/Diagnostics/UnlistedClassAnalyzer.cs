using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>
/// Looks for classes that no model of the project leads to. A compilation-end action would see all models for nothing, but editors run those in builds only, and
/// builds do not show hints: so the first layer that is looked at finds what may be models of the project, once for each compilation.
/// </summary>
internal abstract class UnlistedClassAnalyzer(DiagnosticDescriptor rule) : DiagnosticAnalyzer
{
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(rule);

    /// <summary>Whether the rule is about a class, from its attributes alone.</summary>
    protected abstract bool Concerns(INamedTypeSymbol type);

    /// <summary>What the rule says of a class in no model.</summary>
    protected abstract object[] Values(INamedTypeSymbol type);

    /// <summary>What is wrong with a class whether it is listed or not.</summary>
    protected virtual IEnumerable<Fault> Find(INamedTypeSymbol type, CancellationToken cancellation) => [];

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

            // Not a lazy value: that would keep the cancellation of whoever asked first.
            CandidateModels? models = null;
            var gate = new object();
            start.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    var found = Find(type, symbol.CancellationToken).ToArray();
                    foreach (var fault in found)
                    {
                        symbol.ReportDiagnostic(Diagnostic.Create(rule, FaultLocation.Of(fault, type, symbol.CancellationToken), fault.Values));
                    }

                    if (found.Length > 0 || !Concerns(type) || AnnotatedClass.Of(type).IsModel || MayBeListedElsewhere(type, symbol.Compilation))
                    {
                        return;
                    }

                    lock (gate)
                    {
                        models ??= CandidateModels.Of(symbol.Compilation, symbol.CancellationToken);
                    }

                    if (!models.List(type) && type.Locations.FirstOrDefault(location => location.IsInSource) is { } place)
                    {
                        symbol.ReportDiagnostic(Diagnostic.Create(rule, place, Values(type)));
                    }
                },
                SymbolKind.NamedType);
        });
    }

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
