using System.Collections.Generic;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A model, or a block of one, lists a class.</summary>
internal sealed class ModelHasLayersCheck : CompositionCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, CompositionAttribute composition, IReadOnlyList<ModelPlace> places)
    {
        if (places.Count == 0)
        {
            yield return Fault.In(composition.Attribute, annotated.Symbol.Name);
        }
    }
}
