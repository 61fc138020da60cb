using System;
using System.Collections.Immutable;
using System.Linq;

namespace Espalier;

/// <summary>A whole model: the graph with its precisions. Generated models expose theirs as a static property.</summary>
public sealed record ModelDescription
{
    /// <summary>The full name of the model's class, e.g. <c>Digits.LeNet300</c>: what ties an artifact to it.</summary>
    public required string Name { get; init; }

    /// <summary>The layers, each after all that it takes from.</summary>
    public required ImmutableArray<LayerDescription> Layers { get; init; }

    /// <summary>Training defaults from <c>[Train]</c>.</summary>
    public TrainingDescription Training { get; init; } = new();

    /// <summary>The validation accuracy under which the build warns, or null.</summary>
    public double? AccuracyFloor { get; init; }

    /// <summary>What the stored form is optimised for.</summary>
    public CodingGoal Coding { get; init; }

    /// <summary>Numbers that enter the model.</summary>
    public int Inputs => Layers[0].Inputs;

    /// <summary>Numbers that leave the model.</summary>
    public int Outputs => Layers[^1].Outputs;

    /// <summary>What training has in all layers: weights, biases, and two numbers a channel of batch normalisation, as published counts have it.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Multiply-adds of one prediction when no weight is zero.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>The layers that one takes from, by their place; −1 is the model's input.</summary>
    /// <param name="index">The layer's place in <see cref="Layers"/>.</param>
    public ImmutableArray<int> SourcesOf(int index) => Layers[index].Sources is { IsDefaultOrEmpty: false } sources ? sources : [index - 1];

    /// <summary>The shape that enters the model.</summary>
    public ImageShape InputShape => Layers[0].InputShape;

    /// <summary>The class name without namespace and enclosing classes: what artifact files are named after.</summary>
    public string ShortName => Name[(Name.LastIndexOfAny(['.', '+']) + 1)..];

    /// <inheritdoc/>
    public bool Equals(ModelDescription? other) =>
        other is not null && Name == other.Name && Layers.SequenceEqual(other.Layers) && Training == other.Training
        && AccuracyFloor == other.AccuracyFloor && Coding == other.Coding;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Layers.Length, Training, AccuracyFloor, Coding);
}

/// <summary>Training defaults from <c>[Train]</c>; null where the attribute says nothing.</summary>
public sealed record TrainingDescription
{
    /// <summary>The step size.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Samples in a mini-batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Passes over the training data before compression starts.</summary>
    public int? Epochs { get; init; }

    /// <summary>The factor on the loss.</summary>
    public double? LossScaling { get; init; }

    /// <summary>Whether the factor follows the gradients.</summary>
    public bool? DynamicLossScaling { get; init; }

    /// <summary>Among which weights the smallest are looked for.</summary>
    public PruningScope? PruningScope { get; init; }
}
