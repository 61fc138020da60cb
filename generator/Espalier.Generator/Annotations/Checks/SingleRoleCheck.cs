using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A class is one layer or one model.</summary>
internal sealed class SingleRoleCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        var roles = annotated.Layers.Select(layer => layer.Attribute).Concat(annotated.Sequentials).ToArray();
        if (roles.Length > 1)
        {
            var names = string.Join(" and ", roles.Select(role => $"[{role.AttributeClass!.Name.Replace("Attribute", "")}]"));
            yield return Fault.In(roles[1], annotated.Symbol.Name, names);
        }
    }
}
