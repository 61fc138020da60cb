using System.Collections.Generic;
using System.Globalization;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Sparsity is a share in [0, 1): at 1 no weight is left.</summary>
internal sealed class SparsityCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        // Written so that NaN fails too.
        if (definition.Prune is { } prune && !(prune.Sparsity >= 0 && prune.Sparsity < 1))
        {
            yield return Fault.InArgument(annotated.Prune!, 0, "sparsity", annotated.Symbol.Name, Text(prune.Sparsity)).Suggesting(Suggestion(prune.Sparsity));
        }
    }

    /// <summary>A number from 1 to 100 was meant as a percentage; with 1 nothing would be left.</summary>
    private static string Suggestion(double sparsity) => sparsity switch
    {
        > 1 and < 100 => Text(System.Math.Round(sparsity / 100, 6)),
        >= 1 => "0.99",
        _ => "0",
    };

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
