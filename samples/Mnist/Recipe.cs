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

    /// <summary>The same for LeNet-5, whose windows add up many more gradients.</summary>
    public static TrainingOptions Images(int seed, int epochs) => Dense(seed, epochs) with { LearningRate = 0.02 };
}
