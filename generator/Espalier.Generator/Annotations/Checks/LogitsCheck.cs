using System;
using System.Collections.Generic;
using System.Globalization;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// A classifier ends in plain scores or in a softmax: training puts a softmax and the cross-entropy on what the last layer gives, and looks
/// through a softmax of its own. Any other activation bounds the scores. A model of one output is no classifier.
/// </summary>
internal sealed class LogitsCheck : ModelCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<PlacedLayer> layers)
    {
        if (!annotated.HasWeights && layers.Count > 0 && !annotated.Graph.HasGaps
            && layers[layers.Count - 1] is { Class.Activations.Count: 1, Definition: { Outputs: > 1 } last } place
            && Consequence(last) is { } consequence)
        {
            yield return Fault.InArgument(sequential, place.TopPlace, "", annotated.Symbol.Name, place.Path, last.Activation.ToString(), consequence);
        }
    }

    private static string? Consequence(LayerDefinition last) => last.Activation switch
    {
        ActivationKind.Relu => "scores below 0 learn nothing",
        ActivationKind.Sigmoid => Bounded(last.Outputs, 0, "0"),
        ActivationKind.Tanh => Bounded(last.Outputs, -1, "-1"),
        _ => null,
    };

    private static string Bounded(int outputs, int lowest, string text)
    {
        var share = HighestProbability(outputs, lowest);
        return $"scores of {text} to 1 give no class of {outputs} more than {(100 * share).ToString("0.0", CultureInfo.InvariantCulture)} %, a loss of {(-Math.Log(share)).ToString("0.00", CultureInfo.InvariantCulture)} at best";
    }

    /// <summary>What a softmax makes of a score of 1 beside scores that are all at the lower bound.</summary>
    public static double HighestProbability(int outputs, int lowest) => Math.Exp(1 - lowest) / (Math.Exp(1 - lowest) + outputs - 1);
}
