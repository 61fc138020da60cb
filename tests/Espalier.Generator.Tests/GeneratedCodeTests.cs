using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>Generated code compiles without a warning, documentation comments included.</summary>
public class GeneratedCodeTests
{
    private const string Opening = "namespace N; using Espalier; using static Espalier.Precision;\n";

    /// <summary>Pruning and codebooks in every combination, each in a namespace of its own.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Quantize(Int8)")]
    [InlineData("Quantize(Int8, PerChannel = false)")]
    [InlineData("Quantize(Int8, Inputs = Int4)")]
    [InlineData("Quantize(Int8, Inputs = Fp32)")]
    [InlineData("Quantize(Int4)")]
    [InlineData("Quantize(Ternary)")]
    [InlineData("Quantize(Binary)")]
    [InlineData("Quantize(Int16)")]
    [InlineData("Quantize(Fp16)")]
    [InlineData("Quantize(Bf16)")]
    public void EveryCombination_Compiles(string quantize)
    {
        string[] prune = ["", "Prune(0.5)", "Prune(0.95)"];
        string[] codebook = quantize.Contains("ary", StringComparison.Ordinal) ? ["", "Codebook(3)"] : ["", "Codebook(3)", "Codebook(15)", "Codebook(100)"];
        var combinations =
            from p in prune
            from c in codebook
            where c != "Codebook(100)" || !quantize.Contains("Int4)", StringComparison.Ordinal) || quantize.Contains("Int8", StringComparison.Ordinal)
            select string.Concat(new[] { quantize, p, c }.Where(attribute => attribute.Length > 0).Select(attribute => ", " + attribute));
        AssertCompiles(string.Join("\n", combinations.Select((attributes, i) => $$"""
            namespace N{{i}}
            {
                using Espalier;
                using static Espalier.Precision;
                [Dense(33, 17), Relu{{attributes}}] public partial class A;
                [Dense(17, 17, Bias = false), Tanh{{attributes}}] public partial class B;
                [Dense(17, 5), Softmax{{attributes}}] public partial class C;
                [Sequential(typeof(A), typeof(B), typeof(B), typeof(C))] public partial class M;
            }
            """)));
    }

    [Theory]
    [InlineData("[Dense(1, 1)] public partial class A; [Sequential(typeof(A))] public partial class M;")]
    [InlineData("[Dense(8, 8), Quantize(Int8), Sigmoid] public partial class A; [Dense(8, 8)] public partial class B; [Sequential(typeof(A), typeof(B), typeof(A))] public partial class M;")]
    [InlineData("[Dense(8, 8)] internal sealed partial class A; [Sequential(typeof(A))] internal sealed partial class M;")]
    [InlineData("public partial class Outer { public partial record R { [Dense(8, 8)] private partial class A; [Sequential(typeof(A))] private partial class M; } }")]
    [InlineData("[Dense(8, 8)] public partial class A { public int Own => 3; } [Sequential(typeof(A)), Train(LearningRate = 0.1, Epochs = 3, PruningScope = PruningScope.Global), AccuracyFloor(0.5), Coding(CodingGoal.FastStart)] public partial class M { public string Note = \"\"; }")]
    public void EveryForm_Compiles(string program) => AssertCompiles(Opening + program);

    /// <summary>Values that training turns down, or a rule warns about, are still C#.</summary>
    [Theory]
    [InlineData("[Dense(8, 8)] public partial class A; [Sequential(typeof(A)), AccuracyFloor(double.NaN), Train(LearningRate = double.PositiveInfinity, LossScaling = double.NegativeInfinity)] public partial class M;")]
    [InlineData("[Dense(8, 8), Quantize(Int8)] public partial class A; [Sequential(typeof(A)), Train(PruningScope = (PruningScope)9)] public partial class M;")]
    public void EveryValue_Compiles(string program) => AssertCompiles(Opening + program);

    [Fact]
    public void GlobalNamespace_Compiles() => AssertCompiles("[Espalier.Dense(8, 8)] public partial class A; [Espalier.Sequential(typeof(A))] public partial class M;");

    [Fact]
    public void ReadmeExample_Compiles() => AssertCompiles(Sources.LeNet300);

    [Fact]
    public void ReadmeExampleWithArtifact_Compiles() =>
        AssertCompiles(Sources.LeNet300, new TestFile("LeNet300.espalier.json", ManifestText.For(Sources.LeNet300), ManifestText.Sha256));

    [Fact]
    public void LayersOfAnotherAssembly_Compile()
    {
        var library = TestCompilation.Of(Sources.LeNet300);
        var reference = ((Microsoft.CodeAnalysis.CSharp.CSharpCompilation)new GeneratorHarness(library).Generated(library)).WithAssemblyName("Library").ToReference();
        AssertCompiles(TestCompilation.Named("Consumer", [reference], "[Espalier.Sequential(typeof(Digits.Hidden1), typeof(Digits.Hidden2), typeof(Digits.Logits))] public partial class Again;"));
    }

    private static void AssertCompiles(string program, params TestFile[] files) => AssertCompiles(TestCompilation.Of(program), files);

    private static void AssertCompiles(Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation, params TestFile[] files)
    {
        var run = new GeneratorHarness(compilation, files);
        Assert.NotEmpty(run.Files);
        var problems = run.Generated(compilation).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info)
            // What the test's own program leaves undocumented is its business.
            .Where(diagnostic => diagnostic.Id != "CS1591" || diagnostic.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));
        Assert.Empty(problems);
    }
}
