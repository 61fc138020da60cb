using Espalier;

namespace Mnist;

/// <summary>How the networks are trained: usual values, not tuned yet; whoever tunes them does it on the held-out images.</summary>
internal static class Recipe
{
    public const int Epochs = 30;

    public static TrainingOptions Dense(int seed, int epochs) => new()
    {
        Epochs = epochs,
        BatchSize = 64,
        LearningRate = 0.05,
        Optimizer = new Sgd(),
        WeightDecay = 1e-3,
        Seed = seed,
        Normalisation = Normalisation.FromRange(0, 255),
    };

    /// <summary>The same for LeNet-5, whose windows add up many more gradients: with steps of this size its first epochs need limits.</summary>
    public static TrainingOptions Images(int seed, int epochs) => Dense(seed, epochs) with { LearningRate = 0.02, WarmUp = WarmUp, ClipNorm = ClipNorm };

    /// <summary>Epochs over which the step size of LeNet-5 rises.</summary>
    public const double WarmUp = 1;

    /// <summary>The longest gradient of a batch of LeNet-5.</summary>
    public const double ClipNorm = 1;
}
