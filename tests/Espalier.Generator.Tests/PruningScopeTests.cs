using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Espalier.Generator.Pipeline;

namespace Espalier.Generator.Tests;

/// <summary>How <c>[Train(PruningScope = …)]</c> comes into a model's description.</summary>
public class PruningScopeTests
{
    [Theory]
    [InlineData("Train(PruningScope = PruningScope.Global)", "PruningScope = global::Espalier.PruningScope.Global,")]
    [InlineData("Train(PruningScope = PruningScope.PerLayer)", "PruningScope = global::Espalier.PruningScope.PerLayer,")]
    [InlineData("Train(Epochs = 3, PruningScope = (PruningScope)7)", "PruningScope = (global::Espalier.PruningScope)(7),")]
    [InlineData("Train(PruningScope = (PruningScope)(-1))", "PruningScope = (global::Espalier.PruningScope)(-1),")]
    public void Description_SaysWhatTheAttributeSays(string train, string expected)
    {
        var (run, text) = Generate(train);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Empty(run.Generated(Compilation(train)).GetDiagnostics().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
    }

    [Theory]
    [InlineData("Train")]
    [InlineData("Train(Epochs = 3)")]
    [InlineData("Train(PruningScope = )")]
    public void Description_SaysNothingWhereTheAttributeDoesNot(string train)
    {
        var (run, text) = Generate(train);
        Assert.Null(Assert.Single(run.Values<ModelAnnotation>(TrackingNames.Models)).Train.PruningScope);
        Assert.DoesNotContain("PruningScope", text, StringComparison.Ordinal);
    }

    private static (GeneratorHarness Run, string Text) Generate(string train)
    {
        var run = new GeneratorHarness(Compilation(train));
        return (run, string.Concat(run.Files.Values));
    }

    private static Microsoft.CodeAnalysis.CSharp.CSharpCompilation Compilation(string train) => TestCompilation.Of($$"""
        namespace N;
        using Espalier;
        [Dense(3, 4), Prune(0.5)] internal partial class A;
        [Sequential(typeof(A)), {{train}}] internal partial class M;
        """);
}
