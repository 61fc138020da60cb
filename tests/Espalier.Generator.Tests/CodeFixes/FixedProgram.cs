using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>What a fixed program must be.</summary>
internal static class FixedProgram
{
    /// <summary>It has no warning of ours and compiles with its generated halves.</summary>
    public static async Task AssertClean(params string[] programs)
    {
        var compilation = TestCompilation.Relaxed(programs);
        Assert.Empty((await AnalyzerHarness.Run(compilation)).Where(found => found.Severity > DiagnosticSeverity.Info));
        var run = new GeneratorHarness(compilation);
        Assert.NotEmpty(run.Files);
        Assert.Empty(run.Generated(compilation).GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));
    }
}
