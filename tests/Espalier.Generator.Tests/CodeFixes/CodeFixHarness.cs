using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>Applies a code fix to a program in memory, once or everywhere.</summary>
/// <param name="fix">The fix.</param>
/// <param name="key">The equivalence key of the action that is meant; the first one offered unless said.</param>
internal sealed class CodeFixHarness(CodeFixProvider fix, string? key = null)
{
    /// <summary>The program after the fix of the first diagnostic that it takes.</summary>
    public async Task<string> FixFirst(string program)
    {
        using var solution = new TestSolution(program);
        return (await FixFirst(solution))[0];
    }

    /// <summary>All texts of a solution after the fix of the first diagnostic that it takes.</summary>
    public async Task<string[]> FixFirst(TestSolution solution) => await solution.Apply((await Offered(solution))[0]);

    /// <summary>The program after Fix All in the document.</summary>
    public async Task<string> FixAll(string program)
    {
        using var solution = new TestSolution(program);
        return (await FixAll(solution, FixAllScope.Document))[0];
    }

    /// <summary>All texts of a solution after Fix All, asked for at the first document that has something to fix.</summary>
    public async Task<string[]> FixAll(TestSolution solution, FixAllScope scope)
    {
        var (document, _) = await First(solution);
        var found = new FoundDiagnostics(fix.FixableDiagnosticIds);
        var equivalence = (await Offered(solution))[0].EquivalenceKey;
        var context = scope switch
        {
            FixAllScope.Document => new FixAllContext(document, fix, scope, equivalence!, fix.FixableDiagnosticIds, found, CancellationToken.None),
            _ => new FixAllContext(document.Project, fix, scope, equivalence!, fix.FixableDiagnosticIds, found, CancellationToken.None),
        };
        return await solution.Apply((await fix.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    /// <summary>What is offered for the first diagnostic that the fix takes: nothing where there is none.</summary>
    public async Task<IReadOnlyList<CodeAction>> Offered(TestSolution solution)
    {
        var actions = new List<CodeAction>();
        var (document, diagnostic) = await First(solution);
        if (diagnostic is not null)
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (offered, _) => actions.Add(offered), CancellationToken.None));
        }

        return [.. actions.Where(action => key is null || action.EquivalenceKey == key)];
    }

    private async Task<(Document Document, Diagnostic? Diagnostic)> First(TestSolution solution)
    {
        foreach (var document in solution.Documents)
        {
            var found = (await TestSolution.Diagnose(document.Project)).FirstOrDefault(found =>
                fix.FixableDiagnosticIds.Contains(found.Id) && document.Project.Solution.GetDocument(found.Location.SourceTree)?.Id == document.Id);
            if (found is not null)
            {
                return (document, found);
            }
        }

        return (solution.Documents[0], null);
    }
}
