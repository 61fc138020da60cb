using Espalier;

namespace Mnist;

/// <summary>
/// LeNet-5 from nothing to a compressed network, as <see cref="CompressionRecipe"/> does it: the dense network on warped images teaches one that is pruned. An epoch takes ten times that of
/// LeNet-300-100, so there are fewer.
/// </summary>
internal static class ImageRecipe
{
    private const double LearningRate = 0.02;
    private const double WeightDecay = 1e-3;

    /// <summary>That of the lesson: gradients of what is learned from a teacher's scores are longer by about as much.</summary>
    private const double Temperature = 4;

    public static TrainingOptions Teacher(int seed, double share) => CompressionRecipe.Teacher(seed) with
    {
        Epochs = CompressionRecipe.Epochs(12, share),
        LearningRate = LearningRate,
        WeightDecay = WeightDecay,
        WarmUp = Recipe.WarmUp,
        ClipNorm = Recipe.ClipNorm,
        Augmentation = new ImageWarp(Turn: 0.15, Scale: 0.1, Shift: 1.5).Apply,
    };

    /// <param name="seed">The seed.</param>
    /// <param name="share">A factor on all epochs.</param>
    /// <param name="teacher">The teacher's scores of the training images.</param>
    public static TrainingOptions Student(int seed, double share, Distillation teacher) => CompressionRecipe.Student(seed, share, teacher) with
    {
        Epochs = CompressionRecipe.Epochs(6, share),
        PruneEpochs = CompressionRecipe.Epochs(40, share),
        ShareEpochs = CompressionRecipe.Epochs(6, share),
        LearningRate = LearningRate,
        WeightDecay = WeightDecay,
        WarmUp = Recipe.WarmUp,
        ClipNorm = Temperature * Recipe.ClipNorm,
    };
}
