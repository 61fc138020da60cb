using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.CodeFixes;

/// <summary>Writes and removes using directives.</summary>
internal static class UsingDirectives
{
    /// <summary>Adds directives behind the last one of a namespace or file, or as its first.</summary>
    /// <param name="edits">Takes the insertion.</param>
    /// <param name="document">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="scope">A namespace declaration or the compilation unit.</param>
    /// <param name="directives">What to add; nothing is fine.</param>
    public static void Add(TextEdits edits, Document document, SourceText text, SyntaxNode scope, params string[] directives)
    {
        if (directives.Length == 0)
        {
            return;
        }

        var lineBreak = SourceLines.LineBreak(text);
        if (Of(scope).LastOrDefault() is { } last)
        {
            var end = last.GetLastToken();
            var separator = SourceLines.EndsLine(end) ? lineBreak + SourceLines.Indentation(text, last.SpanStart) : " ";
            var position = SourceLines.EndsLine(end) ? text.Lines.GetLineFromPosition(end.Span.End).End : end.Span.End;
            edits.Insert(document, position, separator + string.Join(separator, directives));
        }
        else if (scope is BaseNamespaceDeclarationSyntax space)
        {
            AddFirst(edits, document, text, space, directives);
        }
        else
        {
            // Above everything but symbols, which must be defined first.
            var defined = scope.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.DefineDirectiveTrivia) || trivia.IsKind(SyntaxKind.UndefDirectiveTrivia));
            edits.Insert(document, defined.FullSpan.End, string.Concat(directives.Select(directive => directive + lineBreak)) + lineBreak);
        }
    }

    /// <summary>Removes a directive with its line; a comment above it stays, as it may be the header of the file.</summary>
    public static void Remove(TextEdits edits, Document document, SourceText text, UsingDirectiveSyntax directive)
    {
        var line = text.Lines.GetLineFromPosition(directive.SpanStart);
        var alone = SourceLines.EndsLine(directive.GetLastToken()) && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, directive.SpanStart)));
        var end = directive.FullSpan.End;
        if (alone && line.Start == 0 && end < text.Length && SourceLines.IsBlank(text, end))
        {
            end = text.Lines.GetLineFromPosition(end).EndIncludingLineBreak;
        }

        edits.Remove(document, TextSpan.FromBounds(alone ? line.Start : directive.SpanStart, end));
    }

    public static SyntaxList<UsingDirectiveSyntax> Of(SyntaxNode scope) => scope switch
    {
        BaseNamespaceDeclarationSyntax space => space.Usings,
        CompilationUnitSyntax unit => unit.Usings,
        _ => default,
    };

    /// <summary>The innermost namespace declaration around a node, or the whole file.</summary>
    public static SyntaxNode ScopeOf(SyntaxNode node) =>
        node.Ancestors().First(ancestor => ancestor is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax);

    private static void AddFirst(TextEdits edits, Document document, SourceText text, BaseNamespaceDeclarationSyntax space, string[] directives)
    {
        var opening = space is NamespaceDeclarationSyntax block ? block.OpenBraceToken : ((FileScopedNamespaceDeclarationSyntax)space).SemicolonToken;
        if (!SourceLines.EndsLine(opening))
        {
            edits.Insert(document, opening.Span.End, " " + string.Join(" ", directives));
            return;
        }

        var lineBreak = SourceLines.LineBreak(text);
        var indentation = space is NamespaceDeclarationSyntax ? SourceLines.Indentation(text, space.Members.FirstOrDefault()?.SpanStart ?? space.SpanStart) : "";
        var position = opening.FullSpan.End;
        var lines = string.Concat(directives.Select(directive => indentation + directive + lineBreak));
        edits.Insert(document, position, SourceLines.IsBlank(text, position) ? lines : lines + lineBreak);
    }
}
