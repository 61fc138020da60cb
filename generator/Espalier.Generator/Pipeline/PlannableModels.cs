using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Planning;

namespace Espalier.Generator.Pipeline;

/// <summary>Models that get kernels; the others get their description alone.</summary>
internal static class PlannableModels
{
    /// <summary>All but those with a layer that no kernel runs: a convolution takes floats or codes of eight bits at most.</summary>
    public static bool Contains(ModelAnnotation model) =>
        model.Layers.All(layer => LayerKinds.Find(layer.Definition.Kind) is { } kind && !(kind is Conv2DKind && LayerEdges.InputOf(layer.Definition) == EdgeForm.Planes));

    /// <summary>Whether a model is a chain of dense layers, so that places are the arguments of its attribute.</summary>
    public static bool IsChain(ModelAnnotation model) =>
        model.Layers.All(layer => LayerKinds.Find(layer.Definition.Kind) is DenseKind && layer.Sources.Count == 0);
}
