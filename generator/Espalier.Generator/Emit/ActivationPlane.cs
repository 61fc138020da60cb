using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>One plane of a layer's inputs in the text of a kernel: what is written once for all inputs is written once for each plane.</summary>
/// <param name="Suffix">At the end of the names of what belongs to the plane; empty for the low plane, which is the only one of narrow inputs.</param>
/// <param name="Offset">Bytes from the inputs to the plane.</param>
internal sealed record ActivationPlane(string Suffix, int Offset)
{
    private const string HighSuffix = "High";

    private static readonly ActivationPlane s_low = new("", 0);

    /// <summary>What the sums of the plane start with.</summary>
    public string Bias => Suffix.Length == 0 ? "bias" : "highBias";

    /// <summary>The planes of a layer's inputs, the low one first.</summary>
    public static IReadOnlyList<ActivationPlane> Of(LayerFacts facts) => facts.Input == EdgeForm.Planes
        ? new[] { s_low, new ActivationPlane(HighSuffix, ActivationPlanes.Stride(facts.Definition.Inputs)) }
        : new[] { s_low };

    /// <summary>The name of the high plane's sums beside those of the low one.</summary>
    public static string HighOf(string sum) => sum + HighSuffix;
}
