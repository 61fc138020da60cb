using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Diagnostics;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.CodeFixes;

/// <summary>How many inputs, or channels that enter, a layer should have, and where that is written.</summary>
/// <param name="Layer">The layer's class.</param>
/// <param name="Inputs">What the layer before it gives.</param>
/// <param name="Argument">The argument of the layer's attribute.</param>
/// <param name="AreChannels">Whether channels are counted.</param>
internal sealed record WantedInputs(string Layer, int Inputs, AttributeArgumentSyntax Argument, bool AreChannels)
{
    /// <summary>
    /// Finds it for a place in a composition's list; null where the layer cannot be changed without breaking another place: one class may stand in
    /// several models, and where it comes first what it takes is up to the samples, unless there is an image.
    /// </summary>
    /// <param name="model">Of the file with the list.</param>
    /// <param name="place">What the rule underlined.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static WantedInputs? Of(SemanticModel model, TextSpan place, CancellationToken cancellation)
    {
        var compositions = CandidateModels.In(model.Compilation, cancellation)
            .Where(type => !type.GetAttributes().IsEmpty)
            .Select(AnnotatedClass.Of)
            .Where(annotated => annotated.Compositions.Count == 1)
            .ToArray();
        var listed = compositions
            .Select(composition => composition.Compositions[0].Attribute)
            .Where(list => list.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == model.SyntaxTree && reference.Span.Contains(place))
            .SelectMany(list => ModelPlaces.Of(list).Where(one => IsAt(list, one, place, cancellation)))
            .FirstOrDefault();
        if (listed.Class is not { Layers.Count: 1, Weighted: not null } layer)
        {
            return null;
        }

        var areChannels = layer.Definition is null;
        var wanted = compositions.SelectMany(composition => Entering(composition, layer, areChannels)).Distinct().ToArray();
        return wanted.Length == 1 && wanted[0] is { } inputs && inputs > 0 && InputsOf(layer.Layers[0], cancellation) is { } argument
            ? new WantedInputs(layer.Symbol.Name, inputs, argument, areChannels)
            : null;
    }

    /// <summary>What enters a layer at each of its places in a composition; null where nobody says.</summary>
    private static IEnumerable<int?> Entering(AnnotatedClass composition, AnnotatedClass layer, bool areChannels) =>
        from placed in composition.Graph.Layers
        where placed.Class == layer && placed.Definition is not { HasWeights: false }
        let isFirst = placed.Entering.Source < 0 && composition.Image is null

        // What enters a block is said by its model.
        where !isFirst || composition.IsModel
        select isFirst ? null : areChannels ? placed.Entering.Channels : Count(placed.Entering.Shape);

    private static int? Count(TensorShape? shape) => shape is { Count: <= int.MaxValue and var count } ? (int)count : null;

    private static bool IsAt(AttributeData list, ModelPlace place, TextSpan span, CancellationToken cancellation) =>
        list.AttributeClass is { } type && FaultLocation.Of(Fault.InArgument(list, place.Index, ""), type, cancellation).SourceSpan == span;

    private static AttributeArgumentSyntax? InputsOf(LayerAttribute layer, CancellationToken cancellation)
    {
        if (layer.Attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax { ArgumentList.Arguments: var arguments })
        {
            return null;
        }

        foreach (var (index, name) in layer.Kind.SizeArguments)
        {
            if (name is "inputs" or "inChannels")
            {
                return arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == name)
                    ?? arguments.Where(argument => argument.NameEquals is null).ElementAtOrDefault(index);
            }
        }

        return null;
    }
}
