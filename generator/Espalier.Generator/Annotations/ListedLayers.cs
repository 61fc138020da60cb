using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>
/// The classes that the models of a compilation list. It looks at every type of the compilation, so it is for suppressors and refactorings,
/// which ask seldom, and not for what runs on every keystroke.
/// </summary>
internal sealed class ListedLayers
{
    private readonly HashSet<ISymbol> _listed = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _last = new(SymbolEqualityComparer.Default);

    private ListedLayers()
    {
    }

    public static ListedLayers Of(Compilation compilation, CancellationToken cancellation)
    {
        var listed = new ListedLayers();
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(compilation.Assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var container = open.Pop();
            listed.Read(container);
            foreach (var member in container.GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    open.Push(inner);
                }
            }
        }

        return listed;
    }

    /// <summary>Whether a model lists the class.</summary>
    public bool Contains(INamedTypeSymbol layer) => _listed.Contains(layer);

    /// <summary>Whether a model has the class at its end.</summary>
    public bool IsLast(INamedTypeSymbol layer) => _last.Contains(layer);

    private void Read(INamespaceOrTypeSymbol container)
    {
        foreach (var attribute in container.GetAttributes())
        {
            if (!attribute.Is(AttributeNames.Sequential))
            {
                continue;
            }

            var places = ModelPlaces.Of(attribute);
            for (var i = 0; i < places.Count; i++)
            {
                if (places[i].Type is { } type)
                {
                    _listed.Add(type);
                    if (i == places.Count - 1)
                    {
                        _last.Add(type);
                    }
                }
            }
        }
    }
}
