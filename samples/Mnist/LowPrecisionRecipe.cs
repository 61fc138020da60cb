using Espalier;

namespace Mnist;

/// <summary>
/// How networks are trained by the <c>lowprecision</c> command: fp32 and fewer bits alike. Step sizes, decay and reach of the grids were chosen by the error on held-out
/// images with 10,000 of them kept back, 20 to 60 epochs and two or three seeds for each choice.
/// </summary>
internal static class LowPrecisionRecipe
{
    public const int Epochs = 30;

    private const double Momentum = 0.9;
    private const double LearningRate = 0.1;
    private const double RateAlone = 0.5;
    private const double Decay = 3e-3;

    public static TrainingOptions With(int seed, int epochs, bool momentum = true) => new()
    {
        Epochs = epochs,
        BatchSize = 64,

        // Without momentum a step is larger, but not by all of 1 / (1 − momentum): each step's rounding moves weights by chance, and momentum evens out what it rounds.
        LearningRate = momentum ? LearningRate : RateAlone,
        Optimizer = new Sgd { Momentum = momentum ? Momentum : 0 },
        WeightDecay = momentum ? Decay : Decay * LearningRate / RateAlone,
        Seed = seed,
        Normalisation = Normalisation.FromRange(0, 255),
    };
}
