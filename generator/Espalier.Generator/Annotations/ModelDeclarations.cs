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
/// Where a file may declare models and blocks of models, from its text alone. A keystroke changes one file and leaves the trees of all others as they are, so
/// that only that one is read anew: binding the attributes of 200 layers to find their models took 45 ms for each keystroke.
/// </summary>
internal sealed class ModelDeclarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, ModelDeclarations> s_known = new();

    /// <summary>What each of them may list by its text; null when that cannot be told.</summary>
    private readonly Dictionary<TextSpan, HashSet<string>?> _types = [];

    private ModelDeclarations(SyntaxNode root)
    {
        var nodes = root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).ToArray();
        var aliases = nodes.OfType<UsingDirectiveSyntax>().Where(directive => directive.Alias is not null).ToArray();
        var own = new HashSet<string>(aliases.Select(directive => directive.Alias!.Name.Identifier.ValueText));
        GlobalAliases = aliases.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword)).Select(directive => directive.Alias!.Name.Identifier.ValueText).ToArray();
        HasGlobalAlias = aliases.Any(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && directive.Name is { } target && IsComposition(ListedNames.Last(target)));
        foreach (var type in nodes.OfType<TypeDeclarationSyntax>())
        {
            var attributes = type.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => ListedNames.Last(attribute.Name) is var name && (IsComposition(name) || own.Contains(name))).ToArray();
            if (attributes.Length > 0)
            {
                _types.Add(type.Span, ListedNames.Of(attributes, own));
            }
        }
    }

    /// <summary>Whether the file gives the attribute another name for the whole project: then any attribute of any file may be it.</summary>
    public bool HasGlobalAlias { get; }

    /// <summary>Other names that the file gives to types or namespaces for the whole project.</summary>
    public IReadOnlyList<string> GlobalAliases { get; }

    public static ModelDeclarations Of(SyntaxTree tree, CancellationToken cancellation) =>
        s_known.GetValue(tree, unread => new ModelDeclarations(unread.GetRoot(cancellation)));

    /// <summary>Whether a type that is declared in these files may be a model or a block.</summary>
    public static bool MayBeModel(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (Of(reference.SyntaxTree, cancellation)._types.ContainsKey(reference.Span))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The last names of all classes that a type may list as its layers; null when its text does not tell. Aliases of other files are not looked through.</summary>
    public static IReadOnlyCollection<string>? NamesIn(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var names = new HashSet<string>();
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (Of(reference.SyntaxTree, cancellation)._types.TryGetValue(reference.Span, out var listed))
            {
                if (listed is null)
                {
                    return null;
                }

                names.UnionWith(listed);
            }
        }

        return names;
    }

    private static bool IsComposition(string name) => name is "Sequential" or "SequentialAttribute" or "Residual" or "ResidualAttribute" or "Concat" or "ConcatAttribute" or "Repeat" or "RepeatAttribute";
}
