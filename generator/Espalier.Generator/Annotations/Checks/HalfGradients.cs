using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Which layers of a model have gradients in fp16, as numbers or as the sums that they come from.</summary>
internal static class HalfGradients
{
    /// <summary>Below this fp16 has fewer than eleven bits, 2⁻¹⁴.</summary>
    public const double SmallestNormal = 1.0 / (1 << 14);

    /// <summary>The largest number of fp16.</summary>
    public const double Largest = 65504;

    /// <summary>The first place with fp16 gradients; null when there is none.</summary>
    public static PlacedLayer? First(IReadOnlyList<PlacedLayer> layers)
    {
        foreach (var place in layers)
        {
            if (place.Definition?.Quantize is { } quantize && (quantize.Gradients == NumberFormat.Fp16 || quantize.Accumulators == NumberFormat.Fp16))
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>What of a layer is in fp16, in the words of a message.</summary>
    public static string Of(PlacedLayer place) => place.Definition!.Quantize.Gradients == NumberFormat.Fp16 ? "gradients in Fp16" : "gradients added up in Fp16";
}
