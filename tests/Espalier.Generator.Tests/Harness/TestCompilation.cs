using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Espalier.Generator.Tests;

/// <summary>Compilations of small programs against the running framework and the runtime library, in memory.</summary>
internal static class TestCompilation
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>What a new console project gets from its implicit usings.</summary>
    public const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpCompilationOptions s_options = new(
        OutputKind.DynamicallyLinkedLibrary,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Enable,
        generalDiagnosticOption: ReportDiagnostic.Error);

    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(DenseAttribute).Assembly.Location)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToArray();
    });

    public static CSharpCompilation Of(params string[] sources) => Named("Consumer", [], sources);

    /// <summary>As most projects are: warnings stay warnings.</summary>
    public static CSharpCompilation Relaxed(params string[] sources) =>
        Of(sources).WithOptions(s_options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));

    public static CSharpCompilation Named(string assembly, MetadataReference[] more, params string[] sources) => CSharpCompilation.Create(
        assembly,
        sources.Prepend(ImplicitUsings).Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Source{i}.cs", System.Text.Encoding.UTF8)),
        [.. s_references.Value, .. more],
        s_options);

    /// <summary>A reference to a compiled class library.</summary>
    public static MetadataReference ToReference(this Compilation library)
    {
        using var image = new MemoryStream();
        var result = ((CSharpCompilation)library).WithOptions(s_options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
