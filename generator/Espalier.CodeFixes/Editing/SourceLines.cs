using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.CodeFixes;

/// <summary>Questions about lines of a source text.</summary>
internal static class SourceLines
{
    /// <summary>The line break that the file uses; that of its first line.</summary>
    public static string LineBreak(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }

    /// <summary>The blanks that the line of a position starts with.</summary>
    public static string Indentation(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>Whether nothing but blanks and comments follows on the line of a token.</summary>
    public static bool EndsLine(SyntaxToken token) => token.TrailingTrivia.LastOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>Whether the line at a position is empty, or the text ends there.</summary>
    public static bool IsBlank(SourceText text, int position) => string.IsNullOrWhiteSpace(text.Lines.GetLineFromPosition(position).ToString());
}
