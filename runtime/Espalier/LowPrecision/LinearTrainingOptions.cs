using System;

namespace Espalier;

/// <summary>How a linear model is trained.</summary>
public sealed record LinearTrainingOptions
{
    /// <summary>Precisions of data and model: D8M8, D16M16 or D32fM32f.</summary>
    public DmgcSignature Signature { get; init; } = DmgcSignature.D8M8;

    /// <summary>What is minimised.</summary>
    public LinearLoss Loss { get; init; } = LinearLoss.Logistic;

    /// <summary>The step size; positive.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>How updates find their place on the model's grid. Without meaning for D32fM32f.</summary>
    public Rounding Rounding { get; init; } = Rounding.Stochastic;

    /// <summary>Random numbers for every number of the model, or one vector of them for each sample.</summary>
    public RandomDraw Draw { get; init; } = RandomDraw.Shared;

    /// <summary>The largest weight that the model's grid holds, positive; beyond it weights stay at the end. Without meaning for D32fM32f.</summary>
    public float WeightRange { get; init; } = 1;

    /// <summary>The largest input that the data's grid holds; the largest there is unless set.</summary>
    public float? InputRange { get; init; }

    /// <summary>
    /// Samples of a step, from 1 up. A step of several is that of their mean gradient, in fp32 until it is added; the model is written once for them, which threads
    /// on one small model need, and rounding leaves less noise in it. Random numbers are then drawn for every number of the model.
    /// </summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Threads that share the model, from 1 up. With more than one the result differs from run to run.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where random numbers start. With one thread, the same seed gives the same model.</summary>
    public int Seed { get; init; } = 1;

    internal LinearTrainingOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        Require(LearningRate > 0 && double.IsFinite(LearningRate), $"LearningRate is {LearningRate}; it must be positive and finite.");
        Require(WeightRange > 0 && float.IsFinite(WeightRange), $"WeightRange is {WeightRange}; it must be positive and finite.");
        Require(InputRange is null || (InputRange > 0 && float.IsFinite(InputRange.Value)), $"InputRange is {InputRange}; it must be positive and finite.");
        return this;

        static void Require(bool condition, string message)
        {
            if (!condition)
            {
                throw new ArgumentException(message);
            }
        }
    }
}

/// <summary>What the training of a linear model minimises.</summary>
public enum LinearLoss
{
    /// <summary>Linear regression: half the squared distance from the target.</summary>
    Squared = 0,

    /// <summary>Logistic regression: the cross-entropy; targets are 0 and 1.</summary>
    Logistic = 1,
}
