using System.Globalization;
using System.Linq;
using System.Text;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Says in English what the kernels of one plan do. Layers that share them differ in weights, so why they have them stands in their own files.</summary>
internal static class KernelProse
{
    public static string Of(LayerPlan key)
    {
        var definition = key.Facts.Definition;
        var kind = LayerKinds.Find(definition.Kind)!;
        var text = new StringBuilder();
        text.Append(string.Format(
            CultureInfo.InvariantCulture,
            "{0:N0} weights and as many multiply-adds when dense, {1:N0} bytes in fp32. Layers with this plan share the class; why they have it, and what they are stored in, is in their own files.\n",
            kind.WeightCount(definition),
            4 * kind.WeightCount(definition)));
        foreach (var group in key.Kernels.GroupBy(kernel => Sentence(key.Facts, kernel)))
        {
            text.Append($"  {string.Join(", ", group.Select(kernel => kernel.Tier))}: {group.Key}.\n");
        }

        return text.ToString();
    }

    // The key knows no density: that is a matter of the weights.
    private static string Sentence(LayerFacts facts, KernelPlan kernel) =>
        KernelLayouts.Find(kernel.Layout).Sentence(facts, kernel).Replace($" at {facts.DensityText} density", "");
}
