extern alias generator;

using BenchmarkDotNet.Attributes;
using generator::Espalier.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Benchmarks;

/// <summary>Time and memory of the generator: all of it when a build starts, and one keystroke inside a method while editing.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _edited = null!;
    private GeneratorDriver _warm = null!;

    /// <summary>The project that is compiled.</summary>
    [Params("LeNet-300-100", "50 layers")]
    public string Project { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var models = Project == "50 layers" ? ModelSources.FiftyLayers : ModelSources.LeNet300;
        var other = CSharpSyntaxTree.ParseText("class Other { int Method() { return 1; } }");
        _compilation = CSharpCompilation.Create(
            "Project",
            [CSharpSyntaxTree.ParseText(models), other],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _edited = _compilation.ReplaceSyntaxTree(other, CSharpSyntaxTree.ParseText("class Other { int Method() { return 2; } }"));
        _warm = CSharpGeneratorDriver.Create(new EspalierGenerator()).RunGenerators(_compilation);
        if (!_warm.GetRunResult().GeneratedTrees.Any())
        {
            throw new InvalidOperationException("The generator wrote nothing: the benchmark would measure nothing.");
        }
    }

    /// <summary>A fresh driver: what a command-line build pays.</summary>
    [Benchmark]
    public object Build() => CSharpGeneratorDriver.Create(new EspalierGenerator()).RunGenerators(_compilation);

    /// <summary>
    /// A driver that has seen the project, after an edit inside a method body: what a keystroke in the editor pays. Each time in a compilation of its own,
    /// as classes are read once in a compilation.
    /// </summary>
    [Benchmark]
    public object Keystroke() => _warm.RunGenerators(_edited.Clone());
}
