using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Planning;

namespace Espalier.Generator.Pipeline;

/// <summary>Models that are nothing but dense layers one after the other.</summary>
internal static class DenseChains
{
    /// <summary>Whether a model is one.</summary>
    public static bool Contains(ModelAnnotation model) =>
        model.Layers.All(layer => LayerKinds.Find(layer.Definition.Kind) is DenseKind && layer.Sources.Count == 0);
}
