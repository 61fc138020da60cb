using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Annotations;

/// <summary>A class with <c>[Sequential]</c>, as values, with the annotations of all its layers: they may stand in referenced assemblies.</summary>
/// <param name="Type">The model's class.</param>
/// <param name="Layers">One entry for every place, in order.</param>
/// <param name="Train">From <c>[Train]</c>.</param>
/// <param name="AccuracyFloor">From <c>[AccuracyFloor]</c>, or null.</param>
/// <param name="FastStart">From <c>[Coding]</c>.</param>
internal sealed record ModelAnnotation(
    TypeIdentity Type, EquatableArray<OccurrenceAnnotation> Layers, TrainAnnotation Train, double? AccuracyFloor, bool FastStart)
{
    /// <summary>The form of every tensor.</summary>
    public TensorForms ToForms() => TensorForms.Of(Layers.Select(layer => layer.Definition).ToArray(), Layers.Select(layer => layer.Sources).ToArray());
}

/// <param name="Path">Position and class name, e.g. <c>0/Hidden1</c>.</param>
/// <param name="Type">The layer's class.</param>
/// <param name="Definition">What its attributes say, in the shape that it has here.</param>
/// <param name="Sources">The layers that it takes from, by their place; −1 is the model's input, and none means the layer before.</param>
internal sealed record OccurrenceAnnotation(string Path, TypeIdentity Type, LayerDefinition Definition, EquatableArray<int> Sources = default);

/// <summary>What <c>[Train]</c> says; null where it says nothing.</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="BatchSize">Samples in a mini-batch.</param>
/// <param name="Epochs">Passes before compression starts.</param>
/// <param name="LossScaling">The factor on the loss.</param>
/// <param name="DynamicLossScaling">Whether that follows the gradients.</param>
/// <param name="PruningScope">A value of <c>Espalier.PruningScope</c>, defined or not: training turns down what it does not know.</param>
internal sealed record TrainAnnotation(
    double? LearningRate, int? BatchSize, int? Epochs, double? LossScaling, bool? DynamicLossScaling = null, int? PruningScope = null);
