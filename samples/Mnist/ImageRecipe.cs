using Espalier;

namespace Mnist;

/// <summary>
/// LeNet-5 from nothing to a compressed network, as <see cref="CompressionRecipe"/> does it: the dense network on warped images teaches one that is pruned. An epoch takes ten times that of
/// LeNet-300-100, so there are fewer.
/// </summary>
internal static class ImageRecipe
{
    public static TrainingOptions Teacher(int seed, double share) => new()
    {
        Epochs = CompressionRecipe.Epochs(12, share),
        BatchSize = 64,
        LearningRate = 0.02,
        Optimizer = new Sgd(),
        WeightDecay = 1e-3,
        Seed = seed,
        Normalisation = Normalisation.FromRange(0, 255),
        Augmentation = new ImageWarp(Turn: 0.15, Scale: 0.1, Shift: 1.5).Apply,
    };

    /// <param name="seed">The seed.</param>
    /// <param name="share">A factor on all epochs.</param>
    /// <param name="teacher">The teacher's scores of the training images.</param>
    public static TrainingOptions Student(int seed, double share, Distillation teacher) => new()
    {
        Epochs = CompressionRecipe.Epochs(6, share),
        PruneEpochs = CompressionRecipe.Epochs(40, share),
        ShareEpochs = CompressionRecipe.Epochs(6, share),
        BatchSize = 64,
        LearningRate = 0.02,
        Optimizer = new Sgd(),
        WeightDecay = 1e-3,
        Seed = seed,
        Normalisation = Normalisation.FromRange(0, 255),
        Augmentation = new ImageWarp(Turn: 0.1, Scale: 0.05, Shift: 0.7).Apply,
        Distillation = teacher,
        Pruning = new PruningOptions { Scope = PruningScope.Global, Splicing = true, RemoveDead = true, MasksPerEpoch = 8 },
        Sharing = new SharingOptions { Rate = 0.003, ProjectSteps = true },
        BiasBits = 8,
    };
}
