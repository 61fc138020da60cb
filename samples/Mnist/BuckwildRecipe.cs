using Espalier;

namespace Mnist;

/// <summary>Settings of asynchronous training, chosen by the held-out error of the last 5,000 training images.</summary>
internal static class BuckwildRecipe
{
    public static BuckwildOptions For(string network, DmgcSignature signature) => new()
    {
        BatchSize = 32,
        LearningRate = 0.1,
        RangeFactor = 4,
        Normalisation = Normalisation.FromRange(0, 255),
    };
}
