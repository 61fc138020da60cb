using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>
/// The types of a project that may be models or blocks of models, by the names of what they list, from text alone. To ask whether one layer is listed then binds the
/// attributes of its own models. To bind those of all models leaves the compiler a question about every layer that they list (whether it is obsolete),
/// which it answers by binding that layer's attributes, for each keystroke in any document that has a layer.
/// </summary>
internal sealed class CandidateModels
{
    private readonly Dictionary<string, List<INamedTypeSymbol>> _byName = [];
    private readonly List<INamedTypeSymbol> _ofAnyName = [];

    private CandidateModels()
    {
    }

    public static CandidateModels Of(Compilation compilation, CancellationToken cancellation)
    {
        var models = new CandidateModels();
        var aliases = new HashSet<string>(compilation.SyntaxTrees.SelectMany(tree => ModelDeclarations.Of(tree, cancellation).GlobalAliases));
        var anyType = AnyTypeMayBeModel(compilation, cancellation);
        foreach (var type in In(compilation, anyType, cancellation))
        {
            models.Add(type, anyType ? null : ModelDeclarations.NamesIn(type, cancellation), aliases);
        }

        return models;
    }

    /// <summary>All types that may be models or blocks.</summary>
    public static IEnumerable<INamedTypeSymbol> In(Compilation compilation, CancellationToken cancellation) =>
        In(compilation, AnyTypeMayBeModel(compilation, cancellation), cancellation);

    /// <summary>Whether a model lists a class, or a block that leads to a model does.</summary>
    public bool List(INamedTypeSymbol layer) => List(layer, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private bool List(INamedTypeSymbol layer, HashSet<ISymbol> seen) =>
        _ofAnyName.Concat(_byName.TryGetValue(layer.Name, out var named) ? named : [])
            .Any(type => Lists(type, layer) && seen.Add(type) && (AnnotatedClass.Of(type).IsModel || List(type, seen)));

    private static IEnumerable<INamedTypeSymbol> In(Compilation compilation, bool anyType, CancellationToken cancellation)
    {
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

            var type = (INamedTypeSymbol)current;
            if (anyType || ModelDeclarations.MayBeModel(type, cancellation))
            {
                yield return type;
            }
        }
    }

    private static bool AnyTypeMayBeModel(Compilation compilation, CancellationToken cancellation) =>
        compilation.SyntaxTrees.Any(tree => ModelDeclarations.Of(tree, cancellation).HasGlobalAlias);

    private static bool Lists(INamedTypeSymbol type, INamedTypeSymbol layer) => type.GetAttributes()
        .Any(attribute => CompositionAttribute.From(attribute) is { } composition && ListedLayers.In(composition.Attribute).Contains(layer, SymbolEqualityComparer.Default));

    private void Add(INamedTypeSymbol type, IReadOnlyCollection<string>? names, HashSet<string> aliases)
    {
        if (names is null || names.Any(aliases.Contains))
        {
            _ofAnyName.Add(type);
            return;
        }

        foreach (var name in names)
        {
            if (!_byName.TryGetValue(name, out var types))
            {
                _byName.Add(name, types = []);
            }

            types.Add(type);
        }
    }
}
