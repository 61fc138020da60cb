using System;
using System.Collections.Generic;
using System.Globalization;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>N:M sparsity: M divides the inputs, and the sparsity leaves a whole N of them, from 1 to below M.</summary>
internal sealed class SparsityGroupsCheck : LayerCheck
{
    /// <summary>Sizes that are suggested at most: larger groups choose nearly as freely as none.</summary>
    private const int LargestSuggestion = 64;

    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        if (annotated.Prune is not { } attribute || definition.Prune is not { } prune || definition.WeightColumns < 1)
        {
            yield break;
        }

        var (layer, inputs, sparsity, size) = (annotated.Symbol.Name, definition.WeightColumns, prune.Sparsity, prune.GroupSize);
        if (!PruneReader.IsGrouped(attribute))
        {
            if (attribute.Named<int>("GroupSize") is { } ignored)
            {
                yield return Fault.InProperty(attribute, "GroupSize", layer, ignored, "that needs Structure = SparsityStructure.Grouped too");
            }
        }
        else if (!SparsityGroups.Divides(size, inputs))
        {
            var fault = size < SparsityGroups.SmallestSize ? $"a group has at least {SparsityGroups.SmallestSize} inputs" : $"its {Text(inputs)} inputs are no multiple of that";
            var fitting = FittingSize(sparsity, inputs, size);
            var remedy = fitting is { } other ? $"{Text(other)} fits" : $"no size from 2 to {LargestSuggestion} fits both {Text(inputs)} inputs and sparsity {Text(sparsity)}";
            var found = Fault.InProperty(attribute, attribute.Named<int>("GroupSize") is null ? "Structure" : "GroupSize", layer, size, $"{fault}; {remedy}");
            yield return fitting is { } number && attribute.Named<int>("GroupSize") is not null ? found.Suggesting(Text(number)) : found;
        }
        else if (sparsity >= 0 && sparsity < 1 && SparsityGroups.Kept(sparsity, size) is null)
        {
            var kept = Math.Max(1, Math.Min(size - 1, (int)Math.Round((1 - sparsity) * size)));
            var nearest = Text(Math.Round(1 - ((double)kept / size), 4));
            yield return Fault.InArgument(
                attribute, 0, "sparsity", layer, size,
                $"sparsity {Text(sparsity)} keeps {Text(Math.Round((1 - sparsity) * size, 3))} weights of each, which must be a whole number from 1 to {Text(size - 1)}; {nearest} keeps {Text(kept)}")
                .Suggesting(nearest);
        }
    }

    /// <summary>The size nearest to the one asked for that fits inputs and sparsity.</summary>
    private static int? FittingSize(double sparsity, int inputs, int asked)
    {
        int? best = null;
        for (var size = SparsityGroups.SmallestSize; size <= Math.Min(inputs, LargestSuggestion); size++)
        {
            if (SparsityGroups.Divides(size, inputs) && SparsityGroups.Kept(sparsity, size) is not null
                && (best is null || Math.Abs((long)size - asked) < Math.Abs((long)best.Value - asked)))
            {
                best = size;
            }
        }

        return best;
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
