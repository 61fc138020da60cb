using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Takes attributes out of a file and leaves no empty brackets, no dangling comma and no lost comment behind.</summary>
internal static class AttributeRemoval
{
    public static SyntaxNode Remove(SyntaxNode root, IReadOnlyCollection<AttributeSyntax> attributes)
    {
        var lists = attributes.Select(attribute => attribute.Parent).OfType<AttributeListSyntax>().Distinct().ToArray();
        var current = root.TrackNodes(attributes.Cast<SyntaxNode>().Concat(lists));
        foreach (var original in lists)
        {
            var gone = attributes.Where(attribute => attribute.Parent == original).ToArray();
            var list = current.GetCurrentNode(original)!;
            current = gone.Length == original.Attributes.Count
                ? RemoveList(current, list)
                : current.ReplaceNode(list, Without(list, gone.Select(attribute => list.Attributes[original.Attributes.IndexOf(attribute)])));
        }

        return current;
    }

    private static AttributeListSyntax Without(AttributeListSyntax list, IEnumerable<AttributeSyntax> gone)
    {
        var left = list.RemoveNodes(gone, SyntaxRemoveOptions.KeepUnbalancedDirectives)!;

        // What follows the bracket belongs to the bracket: the new last attribute has no space behind it.
        var last = left.Attributes.Last();
        return left.ReplaceNode(last, last.WithTrailingTrivia(list.Attributes.Last().GetTrailingTrivia()));
    }

    /// <summary>Comments above the list and behind it stay above what follows; a line that the list had to itself goes.</summary>
    private static SyntaxNode RemoveList(SyntaxNode root, AttributeListSyntax list)
    {
        var (leading, trailing) = (list.GetLeadingTrivia(), list.GetTrailingTrivia());
        if (trailing.Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
        {
            leading = leading.AddRange(trailing.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        }
        else if (trailing.Any(SyntaxKind.EndOfLineTrivia) && leading.Count > 0 && leading.Last().IsKind(SyntaxKind.WhitespaceTrivia))
        {
            leading = leading.RemoveAt(leading.Count - 1);
        }

        var marker = new SyntaxAnnotation();
        root = root.ReplaceNode(list, list.WithAdditionalAnnotations(marker));
        var next = root.GetAnnotatedNodes(marker).Single().GetLastToken().GetNextToken();
        root = root.ReplaceToken(next, next.WithLeadingTrivia(leading.AddRange(next.LeadingTrivia)));
        return root.RemoveNode(root.GetAnnotatedNodes(marker).Single(), SyntaxRemoveOptions.KeepUnbalancedDirectives)!;
    }
}
