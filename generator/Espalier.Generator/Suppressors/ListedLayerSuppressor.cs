using System.Collections.Immutable;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Suppressors;

/// <summary>
/// CA1812, "an internal class that is apparently never instantiated", about a layer that a model lists: a layer is a definition, which the
/// model's generated half follows without ever making an instance. A layer in no model stays reported.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ListedLayerSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor s_suppression = new(
        "ESPS001", "CA1812", "A model lists this layer: it is a definition that the model's generated code follows, and needs no instance");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(s_suppression);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        ListedLayers? listed = null;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (ReportedSymbols.Of(diagnostic, context) is INamedTypeSymbol type && AnnotatedClass.Of(type).CanBeListed)
            {
                listed ??= ListedLayers.Of(context.Compilation, context.CancellationToken);
                if (listed.Contains(type))
                {
                    context.ReportSuppression(Suppression.Create(s_suppression, diagnostic));
                }
            }
        }
    }
}
