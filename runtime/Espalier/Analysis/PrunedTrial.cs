using System.Collections.Generic;
using System.Linq;

namespace Espalier;

/// <summary>The weights of smallest magnitude become 0.</summary>
internal sealed class PrunedTrial : TrialCompression
{
    public override SensitivityKind Kind => SensitivityKind.Sparsity;

    public override IReadOnlyList<double> Settings(SensitivityOptions options) => options.Sparsities;

    public override float[] Compress(float[] weights, int columns, double setting)
    {
        var kept = MagnitudePruning.Mask(weights, weights.Length, setting);
        return [.. weights.Select((weight, i) => kept[i] ? weight : 0)];
    }
}
