using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A layer has one activation at most.</summary>
internal sealed class SingleActivationCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        if (annotated.Activations.Count > 1)
        {
            var (first, second) = (annotated.Activations[0], annotated.Activations[1]);
            yield return Fault.In(second.Attribute, annotated.Symbol.Name, first.Activation.ToString(), second.Activation.ToString());
        }
    }
}
