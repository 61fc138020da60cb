using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>While developing, a missing or stale artifact must not stop a build, for training needs the build; what ships must have one.</summary>
internal static class RequiredArtifacts
{
    public const string Property = "build_property.EspalierRequireArtifact";

    private const string Tag = "EspalierRequireArtifact";

    /// <summary>Marks the rules that become errors.</summary>
    public static readonly string[] Tags = [Tag];

    /// <summary>
    /// Marks rules of mere information that become errors. Without the second tag a command-line build leaves out their analyzers, before
    /// they could say that it is an error this time. With it the compiler leaves the severity to the analyzer, and what .editorconfig
    /// says to <see cref="TryChosen"/>; rules of other severities have no use for that.
    /// </summary>
    public static readonly string[] TagsOfInformation = [Tag, WellKnownDiagnosticTags.CustomSeverityConfigurable];

    public static DiagnosticSeverity Severity(DiagnosticDescriptor rule, AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Property, out var value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase)
        && rule.CustomTags.Contains(Tag)
            ? DiagnosticSeverity.Error
            : rule.DefaultSeverity;

    /// <summary>What a user chose for a rule whose severity the compiler leaves to the analyzer.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="compilation">The project's options.</param>
    /// <param name="place">Where the finding is shown.</param>
    /// <param name="severity">The severity chosen; null to show nothing.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static bool TryChosen(DiagnosticDescriptor rule, CompilationOptions compilation, Location place, out DiagnosticSeverity? severity, CancellationToken cancellation)
    {
        severity = null;
        var chosen = ReportDiagnostic.Default;
        if (rule.CustomTags.Contains(WellKnownDiagnosticTags.CustomSeverityConfigurable)
            && compilation.SyntaxTreeOptionsProvider is { } provider
            && ((place.SourceTree is { } tree && provider.TryGetDiagnosticValue(tree, rule.Id, cancellation, out chosen))
                || provider.TryGetGlobalDiagnosticValue(rule.Id, cancellation, out chosen)))
        {
            severity = chosen switch
            {
                ReportDiagnostic.Error => DiagnosticSeverity.Error,
                ReportDiagnostic.Warn => DiagnosticSeverity.Warning,
                ReportDiagnostic.Info => DiagnosticSeverity.Info,
                ReportDiagnostic.Hidden => DiagnosticSeverity.Hidden,
                _ => null,
            };
            return chosen != ReportDiagnostic.Default;
        }

        return false;
    }
}
