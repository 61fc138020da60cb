using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>Decides in which form numbers cross each edge of a chain of layers.</summary>
internal static class LayerEdges
{
    /// <summary>The form that a layer takes its inputs in.</summary>
    public static EdgeForm InputOf(LayerDefinition layer) =>
        !layer.IsInteger ? EdgeForm.Floats : ActivationPlanes.Of(layer.Quantize.Inputs.ActivationTop()) == 2 ? EdgeForm.Planes : EdgeForm.Codes;

    /// <summary>A layer hands on codes or planes when the next one computes in integers, and floats otherwise; the last one gives floats.</summary>
    public static EdgeForm OutputOf(IReadOnlyList<LayerDefinition> chain, int index) =>
        index + 1 < chain.Count ? Between(chain[index], chain[index + 1]) : EdgeForm.Floats;

    /// <summary>
    /// The form of the edge between two layers. Sigmoid and tanh become codes by a table of 256 sums, which would leave 14 bits no more
    /// than eight: there the activation is computed in floats, and its result encoded.
    /// </summary>
    public static EdgeForm Between(LayerDefinition layer, LayerDefinition next)
    {
        var form = layer.IsInteger ? InputOf(next) : EdgeForm.Floats;
        return form == EdgeForm.Planes && layer.Activation is ActivationKind.Sigmoid or ActivationKind.Tanh ? EdgeForm.Floats : form;
    }
}
