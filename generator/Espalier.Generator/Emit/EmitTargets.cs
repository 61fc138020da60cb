using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>A generated file: its hint name and its text.</summary>
internal sealed record GeneratedFile(string HintName, string Text);

/// <summary>All that the class of one layer is emitted from.</summary>
internal sealed record LayerTarget(LayerAnnotation Annotation, LayerPlan Plan);

/// <summary>All that the class of one model is emitted from.</summary>
/// <param name="Annotation">The model.</param>
/// <param name="Plans">One plan for every place, in order.</param>
/// <param name="Artifact">The artifact that fits the annotations, or null.</param>
/// <param name="MissingBecause">Without an artifact: one sentence for the exception, e.g. that none was saved yet or which attribute changed.</param>
internal sealed record ModelTarget(ModelAnnotation Annotation, EquatableArray<LayerPlan> Plans, ArtifactTarget? Artifact, string MissingBecause)
{
    /// <summary>Whether there is more than a chain of dense layers: then layers run over images, by a plan of steps.</summary>
    public bool IsOfImages => Annotation.Layers.Any(layer => layer.Definition.Kind != LayerKinds.Dense || layer.Sources.Count > 0);

    /// <summary>The steps of a network of images.</summary>
    public ImagePlan ToImagePlan() => ImagePlanner.Plan(Annotation.ToForms(), Plans);
}

/// <param name="ResourceName">The embedded resource that holds the blob.</param>
/// <param name="Sha256">The blob's hash, checked when it is loaded.</param>
/// <param name="Bytes">Bytes of the blob.</param>
/// <param name="DenseBytes">Bytes of the same network in fp32.</param>
/// <param name="ValidationAccuracy">0 to 1, or null.</param>
/// <param name="Layers">For every place, in order.</param>
internal sealed record ArtifactTarget(
    string ResourceName, string Sha256, long Bytes, long DenseBytes, double? ValidationAccuracy, EquatableArray<ArtifactLayerTarget> Layers);

/// <param name="Centroids">The codebook on the signed grid, for integer layers with one; otherwise empty.</param>
/// <param name="Bytes">Bytes of the layer in the blob.</param>
/// <param name="Nonzeros">Weights that are not zero.</param>
internal sealed record ArtifactLayerTarget(EquatableArray<int> Centroids, long Bytes, long Nonzeros);
