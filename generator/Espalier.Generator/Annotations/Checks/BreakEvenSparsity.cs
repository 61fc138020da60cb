using System;
using System.Collections.Concurrent;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Asks the planner from which sparsity on a layer's kernel leaves the zeros out.</summary>
internal static class BreakEvenSparsity
{
    /// <summary>The best instruction set of x86: the one whose layouts are all measured.</summary>
    public const Tier Tier = Planning.Tier.Avx512VbmiVnni;

    private const int StepsOfOne = 1000;

    // Prices of very sparse tables rise again, as their steps are mostly empty: where the highest sparsity has a dense kernel, lower ones may not.
    private static readonly int[] s_sparse = [990, 970, 950, 900, 800];

    /// <summary>Layers that were asked for lately: analyzers start anew with every keystroke.</summary>
    private static readonly ConcurrentDictionary<LayerDefinition, double> s_known = new();

    private const int MostKnown = 1024;

    /// <summary>Whether the kernel leaves zeros out at the layer's own sparsity.</summary>
    public static bool IsMet(LayerDefinition layer) => SkipsZeros(layer, layer.ExpectedDensity);

    /// <summary>
    /// The sparsity above the layer's own from which on its kernel leaves zeros out, in thousandths, or null if there is none: found by
    /// bisection, so that planning the same layer with it gives a sparse kernel and with a thousandth less a dense one.
    /// </summary>
    public static double? Of(LayerDefinition layer)
    {
        if (!s_known.TryGetValue(layer, out var sparsity))
        {
            if (s_known.Count >= MostKnown)
            {
                s_known.Clear();
            }

            s_known[layer] = sparsity = Search(layer) ?? double.NaN;
        }

        return double.IsNaN(sparsity) ? null : sparsity;
    }

    private static double? Search(LayerDefinition layer)
    {
        var dense = (int)Math.Floor((1 - layer.ExpectedDensity) * StepsOfOne);
        var sparse = s_sparse.FirstOrDefault(step => step > dense && At(layer, step));
        if (sparse == 0)
        {
            return null;
        }

        while (sparse - dense > 1)
        {
            var middle = (dense + sparse) / 2;
            (dense, sparse) = At(layer, middle) ? (dense, middle) : (middle, sparse);
        }

        return (double)sparse / StepsOfOne;
    }

    private static bool At(LayerDefinition layer, int step) => SkipsZeros(layer, 1 - ((double)step / StepsOfOne));

    private static bool SkipsZeros(LayerDefinition layer, double density)
    {
        var facts = new LayerFacts(layer with { Prune = new PruneDefinition(1 - density, true) }, EdgeForm.Floats, null);
        var (skips, cycles) = (false, int.MaxValue);
        foreach (var layout in KernelLayouts.All)
        {
            foreach (var plan in layout.Candidates(facts, Tier))
            {
                // Of equal prices the planner takes the first.
                if (plan.Cycles < cycles)
                {
                    (skips, cycles) = (layout.SkipsZeros, plan.Cycles);
                }
            }
        }

        return skips;
    }
}
