using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Espalier.Generator.Tests;

/// <summary>The README's code as a reader pastes it into a new console project of .NET 10.</summary>
public class ReadmeTests
{
    // Such a project writes no documentation file.
    private static readonly CSharpParseOptions s_parseOptions = TestCompilation.ParseOptions.WithDocumentationMode(DocumentationMode.Parse);

    [Fact]
    public async Task CodeOfTheReadme_CompilesWithoutAWarning()
    {
        var blocks = Blocks();
        Assert.Equal(2, blocks.Length);

        // What the second block takes for granted: data, and the namespace of the first.
        var program = $$"""
            using Espalier;
            using Digits;
            var train = new LabelledSamples(new float[64], new int[1], 64);
            var validation = train;
            var pixels = new float[DigitsNet.Inputs];
            var scores = new float[DigitsNet.Outputs];
            {{blocks[1]}}
            """;
        var compilation = Console(blocks[0], program);
        var run = new GeneratorHarness(compilation);
        Assert.Contains(run.Files, file => file.Value.Contains("partial class DigitsNet", StringComparison.Ordinal));
        var whole = compilation.AddSyntaxTrees(
            run.Result.GeneratedSources.Select(source => CSharpSyntaxTree.ParseText(source.SourceText, s_parseOptions, source.HintName)));
        Assert.Empty(whole.GetDiagnostics().Where(found => found.Severity > DiagnosticSeverity.Hidden));

        // Nothing to say but that the model is still to be trained.
        Assert.Equal(["ESP0708"], (await AnalyzerHarness.Run(compilation)).Select(found => found.Id));
    }

    /// <summary>Each block of C#, in order.</summary>
    private static string[] Blocks() =>
        [.. Regex.Matches(File.ReadAllText(RepositoryFiles.Path("README.md")).ReplaceLineEndings("\n"), "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)
            .Select(block => block.Groups[1].Value)];

    private static CSharpCompilation Console(params string[] sources)
    {
        var library = TestCompilation.Named("ReadersProject", []);
        return library.RemoveAllSyntaxTrees()
            .AddSyntaxTrees(sources.Prepend(TestCompilation.ImplicitUsings).Select((source, i) => CSharpSyntaxTree.ParseText(source, s_parseOptions, $"Source{i}.cs")))
            .WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));
    }
}
