using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>Finds the models of a whole project, and the layers that they list.</summary>
internal static class ListedLayers
{
    public static HashSet<ISymbol> Of(Compilation compilation, CancellationToken cancellation)
    {
        var listed = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var sequential in Sequentials(compilation, cancellation))
        {
            if (sequential.ConstructorArguments.Length != 1 || sequential.ConstructorArguments[0] is not { Kind: TypedConstantKind.Array, IsNull: false } list)
            {
                continue;
            }

            foreach (var item in list.Values)
            {
                if (item is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol type })
                {
                    listed.Add(type);
                }
            }
        }

        return listed;
    }

    /// <summary>Every <c>[Sequential]</c> on a project's own types. Types that cannot have one by their text are passed by: nothing is bound for them.</summary>
    public static IEnumerable<AttributeData> Sequentials(Compilation compilation, CancellationToken cancellation)
    {
        var anyName = compilation.SyntaxTrees.Any(tree => ModelDeclarations.Of(tree, cancellation).HasGlobalAlias);
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(compilation.Assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var current = open.Pop();
            if (current is INamespaceSymbol space)
            {
                foreach (var member in space.GetMembers())
                {
                    open.Push(member);
                }

                continue;
            }

            foreach (var nested in current.GetTypeMembers())
            {
                open.Push(nested);
            }

            if (!anyName && !ModelDeclarations.MayBeModel((INamedTypeSymbol)current, cancellation))
            {
                continue;
            }

            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.Is(AttributeNames.Sequential))
                {
                    yield return attribute;
                }
            }
        }
    }
}
