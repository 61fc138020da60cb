using System;
using Espalier.Generator.Annotations.Checks;
using Espalier.Planning;

namespace Espalier.CodeFixes;

/// <summary>
/// The sparsity that a layer starts with. Published by Deep Compression (Han et al., 2016) without loss of accuracy: LeNet-300-100 keeps 8 % of
/// 235,200 weights, 9 % of 30,000 and 26 % of the last layer's 1,000; the last layers of LeNet-5, AlexNet and VGG-16 (5,000 to 4 million weights)
/// keep 19, 25 and 23 %. So the last layer of a model gets 0.74 whatever its size, and others lie on the line between the three points over the
/// logarithm of their size.
/// </summary>
internal static class SensibleSparsity
{
    /// <summary>The most that those networks' layers were pruned by: VGG-16's fc6 and fc7 keep 4 %, LeNet-5's last layer 19 %.</summary>
    private const double MostHidden = 0.96;

    private const double MostLast = 0.81;

    private const double Last = 0.74;

    private const double Step = 0.01;

    private static readonly (double Weights, double Sparsity)[] s_published = [(1_000, Last), (30_000, 0.91), (235_200, 0.92)];

    /// <summary>
    /// A sparsity in whole hundredths at which the planned kernel leaves zeros out, or null where that takes more than anyone has published:
    /// then the dense kernel is the quicker one.
    /// </summary>
    /// <param name="layer">The layer with the precisions that it will have.</param>
    /// <param name="isLast">Whether it stands last in its model.</param>
    public static double? Of(LayerDefinition layer, bool isLast)
    {
        var most = isLast ? MostLast : MostHidden;
        for (var sparsity = isLast ? Last : BySize((double)layer.Inputs * layer.Outputs); sparsity <= most; sparsity = Math.Round(sparsity + Step, 2))
        {
            if (BreakEvenSparsity.IsMet(layer with { Prune = new PruneDefinition(sparsity, true) }))
            {
                return sparsity;
            }
        }

        return null;
    }

    private static double BySize(double weights)
    {
        var (low, high) = weights < s_published[1].Weights ? (s_published[0], s_published[1]) : (s_published[1], s_published[2]);
        var share = Math.Log(weights / low.Weights) / Math.Log(high.Weights / low.Weights);
        return Math.Round(low.Sparsity + (Math.Max(0, Math.Min(1, share)) * (high.Sparsity - low.Sparsity)), 2);
    }
}
