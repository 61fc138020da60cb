using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// What a composition lists fits together, in one respect. A fault that a block has by itself is the block's; what only the image of a model shows is reported at
/// the place of the model's list that it lies behind.
/// </summary>
internal abstract class GraphCheck(GraphFaultKind kind) : Check
{
    public sealed override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        if (annotated.Compositions.Count != 1 || annotated.HasWeights)
        {
            yield break;
        }

        foreach (var fault in annotated.Graph.Faults)
        {
            if (fault.Kind != kind)
            {
                continue;
            }

            var values = fault.Values.Prepend(annotated.Symbol.Name).ToArray();
            if (fault.Owner == annotated)
            {
                yield return Mend(Fault.InArgument(fault.List, fault.Place, fault.Argument, values), fault);
            }
            else if (!annotated.Graph.Classes.Any(block => block != annotated && HasItself(block, fault)))
            {
                yield return Fault.InArgument(annotated.Compositions[0].Attribute, fault.TopPlace, "", values);
            }
        }
    }

    /// <summary>Says what to write instead, where the rule knows.</summary>
    protected virtual Fault Mend(Fault fault, GraphFault found) => fault;

    private static bool HasItself(AnnotatedClass block, GraphFault fault) => block.Graph.Faults.Any(own =>
        own.Kind == fault.Kind && own.List == fault.List && own.Place == fault.Place && own.Argument == fault.Argument);
}
