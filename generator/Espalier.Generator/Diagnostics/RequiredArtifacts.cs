using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>While developing, a missing or stale artifact must not stop a build, for training needs the build; what ships must have one.</summary>
internal static class RequiredArtifacts
{
    public const string Property = "build_property.EspalierRequireArtifact";

    private const string Tag = "EspalierRequireArtifact";

    /// <summary>
    /// Marks the rules that become errors. Without the second tag a command-line build leaves out the analyzers of rules that are mere
    /// information by default, before they could say that it is an error this time.
    /// </summary>
    public static readonly string[] Tags = [Tag, WellKnownDiagnosticTags.CustomSeverityConfigurable];

    public static DiagnosticSeverity Severity(DiagnosticDescriptor rule, AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Property, out var value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase)
        && rule.CustomTags.Contains(Tag)
            ? DiagnosticSeverity.Error
            : rule.DefaultSeverity;
}
