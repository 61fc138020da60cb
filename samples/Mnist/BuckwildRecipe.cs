using Espalier;

namespace Mnist;

/// <summary>
/// Settings of asynchronous training, those of the lowest held-out error (the last 5,000 training images, seed 1, one thread, 20 epochs, stochastic rounding) among
/// step sizes 0.1 and 0.3 with ranges 4, 8 and 16 for softmax regression and 0.2 and 0.3 with 1.5, 2 and 3 for LeNet-300-100.
/// </summary>
internal static class BuckwildRecipe
{
    public static BuckwildOptions For(string network, DmgcSignature signature) => new()
    {
        BatchSize = 32,
        LearningRate = network == "softmax" ? 0.3 : 0.2,
        RangeFactor = (network, signature.Model.Bits) switch
        {
            ("softmax", 8) => 4,
            ("softmax", _) => 16,
            _ => 2,
        },
        Normalisation = Normalisation.FromRange(0, 255),
    };
}
