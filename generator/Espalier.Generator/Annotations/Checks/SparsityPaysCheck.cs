using System;
using System.Collections.Generic;
using System.Globalization;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A pruned layer is sparse enough for a kernel that leaves zeros out. Where it is not, its blob shrinks all the same: no code is withheld.</summary>
internal sealed class SparsityPaysCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        if (definition.Prune is not { Sparsity: > 0 and < 1 } prune || !CanBePlanned(annotated, definition) || BreakEvenSparsity.IsMet(definition))
        {
            yield break;
        }

        var change = BreakEvenSparsity.Of(definition) is { } sparsity ? $"from a sparsity of {Text(sparsity)} on" : "at no sparsity";
        yield return Fault.InArgument(annotated.Prune!, 0, "sparsity", annotated.Symbol.Name, Text(prune.Sparsity), BreakEvenSparsity.Tier.ToString(), change);
    }

    /// <summary>Half-typed layers have no plan.</summary>
    private static bool CanBePlanned(AnnotatedClass annotated, LayerDefinition definition) =>
        annotated.Definition is not null && definition.WeightColumns > 0 && definition.WeightRows > 0 && Enum.IsDefined(typeof(NumberFormat), definition.Quantize.Weights)
        && annotated.Layers[0].Kind.WeightCount(definition) <= WeightCountCheck.Limit;

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
