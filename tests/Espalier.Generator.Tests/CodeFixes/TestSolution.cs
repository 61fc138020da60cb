using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace Espalier.Generator.Tests;

/// <summary>A solution in memory whose projects have what the programs of the other tests have.</summary>
internal sealed class TestSolution : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly List<DocumentId> _documents = [];

    /// <summary>One project of the given files; their names start with <c>Program</c>.</summary>
    public TestSolution(params string[] programs)
    {
        Current = _workspace.CurrentSolution;
        AddProject("Consumer", [.. programs.Select((program, i) => ($"Program{i}.cs", program))]);
    }

    /// <summary>The solution before anything is fixed.</summary>
    public Solution Current { get; private set; }

    /// <summary>The documents in the order in which they were given.</summary>
    public IReadOnlyList<Document> Documents => [.. _documents.Select(id => Current.GetDocument(id)!)];

    public TestSolution AddProject(string name, params (string Name, string Text)[] files)
    {
        var empty = TestCompilation.Relaxed();
        var project = Current.AddProject(name, name, LanguageNames.CSharp)
            .WithCompilationOptions(empty.Options)
            .WithParseOptions(TestCompilation.ParseOptions)
            .WithMetadataReferences(empty.References)
            .AddDocument("Usings.cs", TestCompilation.ImplicitUsings).Project;
        foreach (var (file, text) in files)
        {
            var document = project.AddDocument(file, text, filePath: file);
            _documents.Add(document.Id);
            project = document.Project;
        }

        Current = project.Solution;
        return this;
    }

    /// <summary>The texts of all documents after an action.</summary>
    public async Task<string[]> Apply(CodeAction action)
    {
        var changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return await Task.WhenAll(_documents.Select(async id => (await changed.GetDocument(id)!.GetTextAsync()).ToString()));
    }

    /// <summary>What analyzers and the compiler say, with the generated halves, of one project.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Diagnose(Project project)
    {
        var compilation = (await project.GetCompilationAsync())!;
        return [.. (await AnalyzerHarness.Run(compilation)).Concat(compilation.GetDiagnostics()).OrderBy(found => found.Location.SourceSpan.Start)];
    }

    public void Dispose() => _workspace.Dispose();
}
