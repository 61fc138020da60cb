using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>The classes that the models of a project list.</summary>
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
        foreach (var type in CandidateModels.In(compilation, cancellation))
        {
            if (type.GetAttributes().Any(attribute => attribute.Is(AttributeNames.Sequential)) && AnnotatedClass.Of(type).IsModel)
            {
                listed.Read(type, isLast: true);
            }
        }

        return listed;
    }

    /// <summary>Whether a model lists the class, itself or in a block.</summary>
    public bool Contains(ISymbol layer) => _listed.Contains(layer);

    /// <summary>Whether a model has the class at its end.</summary>
    public bool IsLast(ISymbol layer) => _last.Contains(layer);

    /// <summary>The classes in an attribute's list, its projection among them.</summary>
    public static IEnumerable<ISymbol> In(AttributeData composition)
    {
        var arguments = composition.ConstructorArguments.Concat(composition.NamedArguments.Select(argument => argument.Value));
        return arguments.SelectMany(argument => argument is { Kind: TypedConstantKind.Array, IsNull: false } ? argument.Values.AsEnumerable() : [argument])
            .Where(item => item is { Kind: TypedConstantKind.Type })
            .Select(item => item.Value)
            .OfType<INamedTypeSymbol>();
    }

    /// <summary>Without a look at the layers' own attributes as layers, only as compositions.</summary>
    private void Read(INamedTypeSymbol composition, bool isLast)
    {
        foreach (var attribute in composition.GetAttributes())
        {
            if (CompositionAttribute.From(attribute) is not { } found)
            {
                continue;
            }

            var types = In(attribute).OfType<INamedTypeSymbol>().ToArray();
            for (var i = 0; i < types.Length; i++)
            {
                var ends = isLast && i == types.Length - 1 && found.Form is CompositionForm.Sequential or CompositionForm.Repeat;
                var isNew = _listed.Add(types[i]) | (ends && _last.Add(types[i]));
                if (isNew)
                {
                    Read(types[i], ends);
                }
            }
        }
    }
}
