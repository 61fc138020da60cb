using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Tests;

/// <summary>The real analyzers of the .NET SDK and of Roslyn whose warnings suppressors answer.</summary>
internal static class AnsweredAnalyzers
{
    private static readonly Lazy<ImmutableArray<DiagnosticAnalyzer>> s_all = new(() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, nameof(AnsweredAnalyzers)), "*.dll")
            .SelectMany(file => Types(Assembly.LoadFrom(file)))
            .Where(type => !type.IsAbstract && !type.ContainsGenericParameters && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Where(type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains("C#") == true)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type, nonPublic: true)!)
            .ToImmutableArray());

    /// <summary>The analyzers that report an id.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Of(string id) =>
        [.. s_all.Value.Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == id))];

    /// <summary>The quality rules of the .NET SDK, those that are off by default too.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Quality =>
        [.. s_all.Value.Where(analyzer => analyzer.GetType().Assembly.GetName().Name!.EndsWith("NetAnalyzers", StringComparison.Ordinal))];

    /// <summary>Code fixes need assemblies that are not here; analyzers do not.</summary>
    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>();
        }
    }
}
