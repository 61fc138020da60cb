using System.Linq;
using System.Threading;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.CodeFixes;

/// <summary>How many inputs a layer should have, and where that is written.</summary>
/// <param name="Layer">The layer's class.</param>
/// <param name="Inputs">What the layer before it gives.</param>
/// <param name="Argument">The argument of the layer's attribute.</param>
internal sealed record WantedInputs(string Layer, int Inputs, AttributeArgumentSyntax Argument)
{
    /// <summary>
    /// Finds it for a place in a model's list; null where the layer cannot be changed without breaking another place: one class may stand in
    /// several models, and where it comes first what it takes is up to the samples.
    /// </summary>
    /// <param name="model">Of the file with the list.</param>
    /// <param name="place">What the rule underlined.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static WantedInputs? Of(SemanticModel model, TextSpan place, CancellationToken cancellation)
    {
        var sequentials = ListedLayers.Sequentials(model.Compilation, cancellation).ToArray();
        var listed = sequentials
            .Where(sequential => sequential.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == model.SyntaxTree && reference.Span.Contains(place))
            .SelectMany(sequential => ModelPlaces.Of(sequential).Where(one => IsAt(sequential, one, place, cancellation)))
            .FirstOrDefault();
        if (listed.Class is not { Layers.Count: 1 } layer)
        {
            return null;
        }

        var wanted = sequentials.Select(sequential => ModelPlaces.Of(sequential))
            .SelectMany(places => places
                .Where(one => SymbolEqualityComparer.Default.Equals(one.Type, layer.Symbol))
                .Select(one => one.Index == 0 ? null : places[one.Index - 1].Class?.Definition?.Outputs))
            .Distinct()
            .ToArray();
        return wanted.Length == 1 && wanted[0] is { } inputs && inputs > 0 && InputsOf(layer.Layers[0], cancellation) is { } argument
            ? new WantedInputs(layer.Symbol.Name, inputs, argument)
            : null;
    }

    private static bool IsAt(AttributeData sequential, ModelPlace place, TextSpan span, CancellationToken cancellation) =>
        sequential.AttributeClass is { } type && FaultLocation.Of(Fault.InArgument(sequential, place.Index, ""), type, cancellation).SourceSpan == span;

    private static AttributeArgumentSyntax? InputsOf(LayerAttribute layer, CancellationToken cancellation)
    {
        if (layer.Attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax { ArgumentList.Arguments: var arguments })
        {
            return null;
        }

        foreach (var (index, name) in layer.Kind.SizeArguments)
        {
            if (name == "inputs")
            {
                return arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == name)
                    ?? arguments.Where(argument => argument.NameEquals is null).ElementAtOrDefault(index);
            }
        }

        return null;
    }
}
