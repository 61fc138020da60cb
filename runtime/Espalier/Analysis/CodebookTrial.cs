using System.Collections.Generic;
using System.Linq;

namespace Espalier;

/// <summary>Weights go to the nearest of 2^bits centroids; one of them is the reserved zero.</summary>
internal sealed class CodebookTrial : TrialCompression
{
    public override SensitivityKind Kind => SensitivityKind.CodebookBits;

    public override IReadOnlyList<double> Settings(SensitivityOptions options) => [.. options.CodebookBits.Select(bits => (double)bits)];

    public override float[] Compress(float[] weights, int columns, double setting)
    {
        var (assignment, centroids) = WeightClusters.Of(weights, 1 << (int)setting);
        return [.. assignment.Select(centroid => centroid < 0 ? 0 : centroids[centroid])];
    }
}
