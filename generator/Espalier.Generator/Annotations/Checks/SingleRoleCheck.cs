using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A class is one layer, one model or one block, with one pool and one normalisation at most.</summary>
internal sealed class SingleRoleCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        var roles = annotated.Layers.Select(layer => layer.Attribute).Concat(annotated.Compositions.Select(composition => composition.Attribute)).ToArray();
        var pools = annotated.Steps.Where(step => step.Kind is not LocalResponseNormKind).Select(step => step.Attribute).ToArray();
        foreach (var same in new[] { roles, pools })
        {
            if (same.Length > 1)
            {
                var names = string.Join(" and ", same.Select(role => $"[{role.AttributeClass!.Name.Replace("Attribute", "")}]"));
                yield return Fault.In(same[1], annotated.Symbol.Name, names);
            }
        }
    }
}
