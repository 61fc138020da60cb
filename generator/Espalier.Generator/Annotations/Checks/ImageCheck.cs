using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// An image enters a chain, which is a model then; a chain that has what only models have, and begins with a layer that leaves its shape open, says which.
/// </summary>
internal sealed class ImageCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        var name = annotated.Symbol.Name;
        if (annotated.Sequentials.Count == 0)
        {
            if (annotated.Image is { } image)
            {
                yield return Fault.In(image, name, "has an [Image] and no [Sequential], so that it is no model; list it in one that has the image");
            }
        }
        else if (!annotated.IsModel && new[] { annotated.Train, annotated.AccuracyFloor, annotated.Coding }.FirstOrDefault(attribute => attribute is not null) is not null)
        {
            yield return Fault.In(annotated.Sequentials[0], name, Missing(annotated));
        }
    }

    /// <summary>Why a chain is no model.</summary>
    public static string Missing(AnnotatedClass annotated) =>
        $"begins with {FirstLayer.Of(annotated)?.Symbol.Name ?? "no layer"}, which does not say how large an image it takes; add [Image(channels, height, width)]";
}
