extern alias generator;

using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using generator::Espalier.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Integration.Tests.Compilations;

/// <summary>Compiles programs with the generator, one after the other, each able to reference those before it, and loads them.</summary>
internal sealed class ProgramCompiler
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly CSharpCompilationOptions Options =
        new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error);

    private readonly AssemblyLoadContext _loaded = new(null);
    private readonly List<MetadataReference> _references = [.. RunningReferences.OfAProject];

    /// <param name="name">The assembly's name.</param>
    /// <param name="source">The program, without usings.</param>
    /// <param name="manifests">The manifests that the project has.</param>
    public CompiledProgram Compile(string name, string source, params string[] manifests)
    {
        var bare = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText("using Espalier; using static Espalier.Precision;\n" + source, ParseOptions)], _references, Options);
        var driver = CSharpGeneratorDriver.Create(
            [new EspalierGenerator().AsSourceGenerator()], manifests.Select((text, i) => new ManifestFile($"{i}.espalier.json", text)), ParseOptions);
        var run = driver.RunGeneratorsAndUpdateCompilation(bare, out var whole, out _).GetRunResult();
        using var image = new MemoryStream();
        var result = whole.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics.Take(20)));
        }

        _references.Add(MetadataReference.CreateFromImage(image.ToArray()));
        image.Position = 0;
        return new CompiledProgram(_loaded.LoadFromStream(image), [.. run.GeneratedTrees.Select(tree => tree.ToString())]);
    }

    private sealed class ManifestFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}

/// <param name="Assembly">The program, loaded.</param>
/// <param name="Generated">What was generated for it.</param>
internal sealed record CompiledProgram(Assembly Assembly, ImmutableArray<string> Generated)
{
    public CompiledModel Model(string type) => CompiledModel.Of(Assembly.GetType(type, throwOnError: true)!);
}
