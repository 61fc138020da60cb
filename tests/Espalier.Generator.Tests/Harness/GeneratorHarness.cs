using System.Collections.Immutable;
using Espalier.Generator.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Espalier.Generator.Tests;

/// <summary>Runs a generator over a compilation and keeps its state, so that a second run shows what an edit costs.</summary>
internal sealed class GeneratorHarness
{
    private GeneratorDriver _driver;

    public GeneratorHarness(CSharpCompilation compilation, params TestFile[] files)
        : this(new EspalierGenerator(), compilation, files)
    {
    }

    public GeneratorHarness(IIncrementalGenerator generator, CSharpCompilation compilation, params TestFile[] files)
    {
        _driver = CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            files,
            TestCompilation.ParseOptions,
            new TestOptions(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run(compilation);
    }

    public GeneratorRunResult Result => _driver.GetRunResult().Results[0];

    /// <summary>Generated sources by hint name.</summary>
    public ImmutableSortedDictionary<string, string> Files =>
        Result.GeneratedSources.ToImmutableSortedDictionary(source => source.HintName, source => source.SourceText.ToString());

    public void Run(Compilation compilation)
    {
        _driver = _driver.RunGenerators(compilation);
        Assert.Null(Result.Exception);

        // Mistakes are the analyzers' business.
        Assert.Empty(Result.Diagnostics);
    }

    public void Replace(TestFile old, TestFile file, Compilation compilation)
    {
        _driver = _driver.ReplaceAdditionalText(old, file);
        Run(compilation);
    }

    /// <summary>The values that a step gave, of all its runs in order.</summary>
    public T[] Values<T>(string step) =>
        Result.TrackedSteps.TryGetValue(step, out var runs) ? runs.SelectMany(run => run.Outputs).Select(output => (T)output.Value).ToArray() : [];

    /// <summary>Of each value of a step, what the last run did to it.</summary>
    public (T Value, IncrementalStepRunReason Reason)[] Reasons<T>(string step) =>
        Result.TrackedSteps.TryGetValue(step, out var runs)
            ? runs.SelectMany(run => run.Outputs).Select(output => ((T)output.Value, output.Reason)).ToArray()
            : [];

    /// <summary>The compilation with all that was generated.</summary>
    public Compilation Generated(Compilation compilation) =>
        compilation.AddSyntaxTrees(Result.GeneratedSources.Select(source => source.SyntaxTree));
}
