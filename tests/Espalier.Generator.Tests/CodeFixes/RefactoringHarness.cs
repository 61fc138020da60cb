using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Generator.Tests;

/// <summary>Asks a refactoring what it offers where <c>$$</c> stands in the first program, and applies it.</summary>
internal sealed class RefactoringHarness(CodeRefactoringProvider refactoring)
{
    private const string Caret = "$$";

    /// <summary>The titles offered, those of nested actions in place of their parent's.</summary>
    public async Task<string[]> Titles(params string[] programs)
    {
        var (solution, actions) = await Offer(programs);
        solution.Dispose();
        return [.. actions.Select(action => action.Title)];
    }

    /// <summary>The keys of what is offered.</summary>
    public async Task<string[]> Keys(params string[] programs)
    {
        var (solution, actions) = await Offer(programs);
        solution.Dispose();
        return [.. actions.Select(action => action.EquivalenceKey!)];
    }

    /// <summary>The texts after the action at a place of the offer.</summary>
    public async Task<string[]> Apply(int index, params string[] programs)
    {
        var (solution, actions) = await Offer(programs);
        using (solution)
        {
            return await solution.Apply(actions[index]);
        }
    }

    /// <summary>The titles offered in a file of another name.</summary>
    public async Task<string[]> TitlesInFile(string name, string program)
    {
        using var solution = new TestSolution().AddProject("Other", (name, program.Replace(Caret, "")));
        return [.. (await Offer(solution, 0, program.IndexOf(Caret, StringComparison.Ordinal))).Select(action => action.Title)];
    }

    private async Task<(TestSolution Solution, ImmutableArray<CodeAction> Actions)> Offer(string[] programs)
    {
        var solution = new TestSolution([.. programs.Select(program => program.Replace(Caret, ""))]);
        return (solution, await Offer(solution, 0, programs[0].IndexOf(Caret, StringComparison.Ordinal)));
    }

    private async Task<ImmutableArray<CodeAction>> Offer(TestSolution solution, int document, int caret)
    {
        var offered = new List<CodeAction>();
        await refactoring.ComputeRefactoringsAsync(new CodeRefactoringContext(solution.Documents[document], new TextSpan(caret, 0), offered.Add, CancellationToken.None));
        return [.. offered.SelectMany(action => action.NestedActions.IsEmpty ? [action] : action.NestedActions)];
    }
}
