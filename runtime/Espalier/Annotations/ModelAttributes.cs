using System;

namespace Espalier;

/// <summary>Defaults for training a model; options given at run time win.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrainAttribute : Attribute
{
    /// <summary>The step size of the optimizer.</summary>
    public double LearningRate { get; set; }

    /// <summary>Samples in a mini-batch.</summary>
    public int BatchSize { get; set; }

    /// <summary>Passes over the training data before compression starts.</summary>
    public int Epochs { get; set; }

    /// <summary>A factor on the loss that keeps small gradients representable; 1 switches it off.</summary>
    public double LossScaling { get; set; }

    /// <summary>Whether the factor follows the gradients: halved when they overflow, whose step is left out, and doubled after many good steps. For Fp16 gradients.</summary>
    public bool DynamicLossScaling { get; set; }

    /// <summary>Among which weights the smallest are looked for in layers with <c>[Prune]</c>: within each layer unless set, or among all pruned layers together.</summary>
    public PruningScope PruningScope { get; set; }
}

/// <summary>The validation accuracy, 0 to 1, under which the build warns about a model's artifact (and fails when publishing).</summary>
/// <remarks>The build property <c>EspalierAccuracyFloor</c> sets one for all models of a project without this attribute.</remarks>
/// <param name="accuracy">The lowest accuracy that may ship, 0 to 1.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AccuracyFloorAttribute(double accuracy) : Attribute
{
    /// <summary>The lowest accuracy that may ship.</summary>
    public double Accuracy { get; } = accuracy;
}

/// <summary>What the stored form of a model is optimised for.</summary>
/// <param name="goal">The goal.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CodingAttribute(CodingGoal goal) : Attribute
{
    /// <summary>The goal.</summary>
    public CodingGoal Goal { get; } = goal;
}

/// <summary>What the stored form of a model is optimised for.</summary>
public enum CodingGoal
{
    /// <summary>The fewest bytes: each layer by adaptive coding where that is smaller. Decodes about 20 million weights a second.</summary>
    Smallest = 0,

    /// <summary>The quickest decoding: Huffman codes, about 20 times as fast for pruned layers.</summary>
    FastStart = 1,
}
