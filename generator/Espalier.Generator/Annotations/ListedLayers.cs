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
        foreach (var sequential in Sequentials(compilation, cancellation))
        {
            listed.Read(sequential);
        }

        return listed;
    }

    /// <summary>Whether a model lists the class.</summary>
    public bool Contains(ISymbol layer) => _listed.Contains(layer);

    /// <summary>Whether a model has the class at its end.</summary>
    public bool IsLast(ISymbol layer) => _last.Contains(layer);

    /// <summary>Every <c>[Sequential]</c> on a project's own types. Types that cannot have one by their text are passed by: nothing is bound for them.</summary>
    public static IEnumerable<AttributeData> Sequentials(Compilation compilation, CancellationToken cancellation) =>
        CandidateModels.In(compilation, cancellation).SelectMany(type => type.GetAttributes()).Where(attribute => attribute.Is(AttributeNames.Sequential));

    /// <summary>Without a look at the layers' own attributes: this is asked on every keystroke.</summary>
    private void Read(AttributeData sequential)
    {
        if (sequential.ConstructorArguments.Length != 1 || sequential.ConstructorArguments[0] is not { Kind: TypedConstantKind.Array, IsNull: false } list)
        {
            return;
        }

        for (var i = 0; i < list.Values.Length; i++)
        {
            if (list.Values[i] is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol type })
            {
                _listed.Add(type);
                if (i == list.Values.Length - 1)
                {
                    _last.Add(type);
                }
            }
        }
    }
}
