using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>Decides in which form numbers cross each edge of a chain of layers.</summary>
internal static class LayerEdges
{
    /// <summary>A layer hands on codes when the next one computes in integers, and floats otherwise; the last one gives floats.</summary>
    public static EdgeForm OutputOf(IReadOnlyList<LayerDefinition> chain, int index) =>
        index + 1 < chain.Count && chain[index + 1].IsInteger && chain[index].IsInteger ? EdgeForm.Codes : EdgeForm.Floats;
}
