using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Generator.Annotations;

/// <summary>
/// Where a file may declare models, from its text alone. A keystroke changes one file and leaves the trees of all others as they are, so
/// that only that one is read anew: binding the attributes of 200 layers to find their models took 45 ms for each keystroke.
/// </summary>
internal sealed class ModelDeclarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, ModelDeclarations> s_known = new();

    private readonly HashSet<TextSpan> _types = [];

    private ModelDeclarations(SyntaxNode root)
    {
        var nodes = root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).ToArray();
        var aliases = nodes.OfType<UsingDirectiveSyntax>().Where(directive => directive.Alias is not null).ToArray();
        var own = new HashSet<string>(aliases.Select(directive => directive.Alias!.Name.Identifier.ValueText));
        HasGlobalAlias = aliases.Any(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && directive.Name is { } target && IsSequential(Last(target)));
        foreach (var type in nodes.OfType<TypeDeclarationSyntax>())
        {
            if (type.AttributeLists.Any(list => list.Attributes.Any(attribute => Last(attribute.Name) is var name && (IsSequential(name) || own.Contains(name)))))
            {
                _types.Add(type.Span);
            }
        }
    }

    /// <summary>Whether the file gives the attribute another name for the whole project: then any attribute of any file may be it.</summary>
    public bool HasGlobalAlias { get; }

    public static ModelDeclarations Of(SyntaxTree tree, CancellationToken cancellation) =>
        s_known.GetValue(tree, unread => new ModelDeclarations(unread.GetRoot(cancellation)));

    /// <summary>Whether a type that is declared in these files may be a model.</summary>
    public static bool MayBeModel(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (Of(reference.SyntaxTree, cancellation)._types.Contains(reference.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSequential(string name) => name is "Sequential" or "SequentialAttribute";

    private static string Last(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
