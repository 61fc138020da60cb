using System.Collections.Immutable;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Suppressors;

/// <summary>
/// RS0026 of Microsoft.CodeAnalysis.PublicApiAnalyzers, "do not add multiple overloads with optional parameters", about the generated constructors of
/// a public layer, one of which takes the layer's own weights and the other those of a model: their first parameters tell them apart, and the author cannot change them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GeneratedConstructorSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor s_suppression = new(
        "ESPS003", "RS0026", "The constructors of a layer are generated; their required parameters tell them apart");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(s_suppression);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            // Constructors that the author adds by hand are in other files.
            var header = diagnostic.Location.SourceTree?.GetRoot(context.CancellationToken).GetLeadingTrivia();
            if (header?.Any(line => line.ToString() == FileHeader.Origin) == true
                && ReportedSymbols.Of(diagnostic, context) is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } type }
                && AnnotatedClass.Of(type).IsLayer)
            {
                context.ReportSuppression(Suppression.Create(s_suppression, diagnostic));
            }
        }
    }
}
