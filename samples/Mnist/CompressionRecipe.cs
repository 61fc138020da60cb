using Espalier;

namespace Mnist;

/// <summary>
/// From nothing to a compressed network: a wide teacher on warped images, then a small network that learns the teacher's scores while
/// it is pruned. Every number here was chosen by the error on held-out training images; README.md has what was compared.
/// </summary>
internal static class CompressionRecipe
{
    public static TrainingOptions Teacher(int seed) => new()
    {
        Epochs = 20,
        BatchSize = 64,
        LearningRate = 0.05,
        Optimizer = new Sgd(),
        WeightDecay = 1e-3,
        Seed = seed,
        Normalisation = Normalisation.FromRange(0, 255),
        Augmentation = new ImageWarp(Turn: 0.2, Scale: 0.12, Shift: 1.5).Apply,
    };

    /// <param name="seed">The seed.</param>
    /// <param name="share">A factor on all epochs: 1 for the recipe, less for a try.</param>
    /// <param name="teacher">The teacher's scores of the training images.</param>
    public static TrainingOptions Student(int seed, double share, Distillation teacher) => new()
    {
        Epochs = Epochs(10, share),
        PruneEpochs = Epochs(60, share),
        ShareEpochs = Epochs(10, share),
        BatchSize = 64,
        LearningRate = 0.05,
        Optimizer = new Sgd(),
        WeightDecay = 1e-2,
        Seed = seed,
        Normalisation = Normalisation.FromRange(0, 255),
        Augmentation = new ImageWarp(Turn: 0.1, Scale: 0.05, Shift: 0.7).Apply,
        Distillation = teacher,
        Pruning = new PruningOptions { Scope = PruningScope.Global, Splicing = true, RemoveDead = true, MasksPerEpoch = 8 },
        Sharing = new SharingOptions { Rate = 0.003, ProjectSteps = true },
        BiasBits = 8,
    };

    /// <summary>Its scores at twice the temperature of a usual softmax and more tell the small network which digits look alike.</summary>
    public static Distillation Lesson(IPredictor teacher, LabelledSamples train) =>
        Distillation.From(teacher, train, TeacherNet.Description.Outputs, temperature: 4, mix: 0.9);

    /// <summary>So many epochs, times a factor; one at least.</summary>
    public static int Epochs(int whole, double share) => Math.Max(1, (int)Math.Round(whole * share));
}
