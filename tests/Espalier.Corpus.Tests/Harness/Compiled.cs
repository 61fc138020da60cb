using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Corpus.Tests;

/// <summary>What the compiler says of a program that is not to be loaded.</summary>
internal static class Compiled
{
    /// <summary>
    /// Of kernels, only so many parts are bound, one each: their text is ten times all the rest (104 million characters a run), the same layers come again and
    /// again, and sets that are loaded are compiled whole.
    /// </summary>
    private const int Turns = 4;

    /// <summary>Everything of what was written and of what belongs to it, and a part of each kernel, another each time.</summary>
    public static IEnumerable<Diagnostic> Diagnose(Compilation whole)
    {
        var turn = 0;
        return
        [
            .. whole.GetParseDiagnostics(),
            .. whole.GetDeclarationDiagnostics(),
            .. whole.SyntaxTrees.SelectMany(tree => whole.GetSemanticModel(tree).GetMethodBodyDiagnostics(IsKernel(tree) ? Part(tree, turn++ % Turns) : Members(tree))),
        ];
    }

    private static bool IsKernel(SyntaxTree tree) => Path.GetFileName(tree.FilePath).StartsWith("Espalier.Kernels.", StringComparison.Ordinal);

    /// <summary>The file, but of one with global usings the members alone: whether those are used anywhere is hidden, and found by compiling everything.</summary>
    private static TextSpan? Members(SyntaxTree tree)
    {
        var unit = (CompilationUnitSyntax)tree.GetRoot();
        return unit.Usings.Any(directive => directive.GlobalKeyword != default) ? unit.Members.FullSpan : null;
    }

    /// <summary>A run of members: each kernel has several for every tier.</summary>
    private static TextSpan Part(SyntaxTree tree, int turn)
    {
        var members = tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().First().Members;
        var (first, end) = (members.Count * turn / Turns, members.Count * (turn + 1) / Turns);
        return TextSpan.FromBounds(members[first].SpanStart, members[Math.Max(first, end - 1)].Span.End);
    }
}
