using System.Collections.Generic;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>The other half of a nested class stands inside its enclosing types, so they must be partial too.</summary>
internal sealed class EnclosingPartialCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        if (!annotated.HasCode)
        {
            yield break;
        }

        for (var outer = annotated.Symbol.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (!Declarations.IsOpen(outer, cancellation))
            {
                yield return Fault.InClass(annotated.Symbol.Name, outer.Name);
                yield break;
            }
        }
    }
}
