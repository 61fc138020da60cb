using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>While developing, a missing or stale artifact must not stop a build, for training needs the build; what ships must have one.</summary>
internal static class RequiredArtifacts
{
    public const string Property = "build_property.EspalierRequireArtifact";

    public static DiagnosticSeverity Severity(DiagnosticDescriptor rule, AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Property, out var value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase)
        && Array.IndexOf(rule.CustomTags as string[] ?? [.. rule.CustomTags], Tag) >= 0
            ? DiagnosticSeverity.Error
            : rule.DefaultSeverity;

    /// <summary>Marks the rules that become errors.</summary>
    public const string Tag = "EspalierRequireArtifact";
}
