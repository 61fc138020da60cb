using System.Collections.Immutable;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>Reports the faults of one check as one rule.</summary>
internal abstract class CheckAnalyzer(DiagnosticDescriptor rule, Check check) : DiagnosticAnalyzer
{
    /// <summary>The key under which a diagnostic carries what to write instead.</summary>
    public const string Suggestion = nameof(Suggestion);

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(rule);

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.UsesEspalier())
            {
                start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
            }
        });
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        var symbol = (INamedTypeSymbol)context.Symbol;
        if (symbol.GetAttributes().IsEmpty)
        {
            return;
        }

        foreach (var fault in check.Find(AnnotatedClass.Of(symbol), context.CancellationToken))
        {
            var location = FaultLocation.Of(fault, symbol, context.CancellationToken);
            context.ReportDiagnostic(Diagnostic.Create(rule, location, Properties(fault), fault.Values));
        }
    }

    /// <summary>What the code fix is told.</summary>
    public static ImmutableDictionary<string, string?>? Properties(Fault fault) =>
        fault.Suggestion is null ? null : ImmutableDictionary<string, string?>.Empty.Add(Suggestion, fault.Suggestion);
}
