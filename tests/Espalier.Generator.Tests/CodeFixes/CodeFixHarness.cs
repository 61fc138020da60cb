using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>Applies a code fix to a program in memory, once or everywhere.</summary>
internal sealed class CodeFixHarness(CodeFixProvider fix)
{
    /// <summary>The program after the fix of the first diagnostic that it takes.</summary>
    public async Task<string> FixFirst(string program)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, program);
        CodeAction? action = null;
        var diagnostic = (await Diagnose(document))[0];
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (offered, _) => action ??= offered, CancellationToken.None));
        return await Apply(document, action!);
    }

    /// <summary>The program after Fix All in the document.</summary>
    public async Task<string> FixAll(string program)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, program);
        var found = await Diagnose(document);
        var context = new FixAllContext(
            document, fix, FixAllScope.Document, fix.GetType().Name, fix.FixableDiagnosticIds, new Found(found), CancellationToken.None);
        return await Apply(document, (await fix.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    private static Document Open(AdhocWorkspace workspace, string program)
    {
        var empty = TestCompilation.Relaxed();
        return workspace.AddProject("Consumer", LanguageNames.CSharp)
            .WithCompilationOptions(empty.Options)
            .WithParseOptions(TestCompilation.ParseOptions)
            .WithMetadataReferences(empty.References)
            .AddDocument("Usings.cs", TestCompilation.ImplicitUsings).Project
            .AddDocument("Program.cs", program);
    }

    private async Task<ImmutableArray<Diagnostic>> Diagnose(Document document) =>
        [.. (await AnalyzerHarness.Run((await document.Project.GetCompilationAsync())!))
            .Where(found => fix.FixableDiagnosticIds.Contains(found.Id))
            .OrderBy(found => found.Location.SourceSpan.Start)];

    private static async Task<string> Apply(Document document, CodeAction action)
    {
        var change = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        return (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private sealed class Found(ImmutableArray<Diagnostic> found) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(found);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(found);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
