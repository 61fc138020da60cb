using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Planning;

namespace Espalier.Generator.Pipeline;

/// <summary>The one switch between models that get kernels and models that get their description alone.</summary>
internal static class PlannableModels
{
    /// <summary>Chains of dense layers. Whatever else a model holds has no emitter yet.</summary>
    public static bool Contains(ModelAnnotation model) =>
        model.Layers.All(layer => LayerKinds.Find(layer.Definition.Kind) is DenseKind && layer.Sources.Count == 0);
}
