using System.Collections.Generic;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>The other half of an annotated class is generated, so the class must be partial.</summary>
internal sealed class PartialCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        if (annotated.HasCode && !Declarations.IsOpen(annotated.Symbol, cancellation))
        {
            yield return Fault.InClass(annotated.Symbol.Name);
        }
    }
}
