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
            yield return Fault.InArgument(annotated.Prune!, 0, "sparsity", annotated.Symbol.Name, prune.Sparsity.ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
