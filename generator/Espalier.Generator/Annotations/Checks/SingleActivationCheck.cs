using System.Collections.Generic;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A layer has one activation at most.</summary>
internal sealed class SingleActivationCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        if (annotated.Activations.Count > 1 && (annotated.Weighted is not null || annotated.HasJoin))
        {
            var (first, second) = (annotated.Activations[0], annotated.Activations[1]);
            yield return Fault.In(second.Attribute, annotated.Symbol.Name, first.Activation.ToString(), second.Activation.ToString());
        }
    }
}
