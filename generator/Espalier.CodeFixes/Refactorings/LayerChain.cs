using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Finds layers that follow each other in a file and fit one after another.</summary>
internal static class LayerChain
{
    /// <summary>
    /// The longest chain around a layer, in the order of the source, which decides where shapes leave a choice. It ends before a layer that does
    /// not fit and before one that a model has already, as that layer's weights are trained with the model's others.
    /// </summary>
    public static IReadOnlyList<AnnotatedLayer> Around(AnnotatedLayer layer, SemanticModel model, CancellationToken cancellation)
    {
        var listed = ListedLayers.Of(model.Compilation, cancellation);
        var layers = InSourceOrder(layer, model, cancellation);
        var at = layers.FindIndex(other => other.Declaration == layer.Declaration);
        if (at < 0 || !IsFree(layer))
        {
            return [];
        }

        var (first, last) = (at, at);
        while (first > 0 && IsFree(layers[first - 1]) && Fit(layers[first - 1], layers[first]))
        {
            first--;
        }

        while (last + 1 < layers.Count && IsFree(layers[last + 1]) && Fit(layers[last], layers[last + 1]))
        {
            last++;
        }

        return layers.GetRange(first, last - first + 1);

        bool IsFree(AnnotatedLayer other) => !listed.Contains(other.Annotated.Symbol);
    }

    private static bool Fit(AnnotatedLayer layer, AnnotatedLayer next) => layer.Annotated.Definition!.Outputs == next.Annotated.Definition!.Inputs;

    /// <summary>The layers of the same file that stand in the same namespace or type.</summary>
    private static List<AnnotatedLayer> InSourceOrder(AnnotatedLayer layer, SemanticModel model, CancellationToken cancellation)
    {
        var container = layer.Annotated.Symbol.ContainingSymbol;
        return layer.Declaration.SyntaxTree.GetRoot(cancellation).DescendantNodes(node => node is not BaseMethodDeclarationSyntax).OfType<ClassDeclarationSyntax>()
            .Select(declaration => (Declaration: declaration, Symbol: model.GetDeclaredSymbol(declaration, cancellation)))
            .Where(found => SymbolEqualityComparer.Default.Equals(found.Symbol?.ContainingSymbol, container))
            .Select(found => (found.Declaration, Layer: AnnotatedLayer.Of(found.Symbol!, cancellation)))

            // Of a class in several parts the one with the attribute counts.
            .Where(found => found.Layer?.Declaration == found.Declaration)
            .Select(found => found.Layer!)
            .ToList();
    }
}
