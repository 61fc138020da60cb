using Espalier;
using Espalier.Samples;

namespace Mnist.Analysis;

/// <summary>The dense network that is analysed: from an artifact that an earlier run left, or trained now.</summary>
internal static class DenseReference
{
    /// <param name="folder">Where its artifact lies, or goes once it is trained; null trains and keeps nothing.</param>
    /// <param name="train">Trains it.</param>
    /// <exception cref="ArtifactException">The artifact is damaged or another model's.</exception>
    public static ModelWeights LoadOrTrain(DirectoryInfo? folder, Func<TrainedModel> train)
    {
        var blob = folder is null ? null : Path.Combine(folder.FullName, $"{nameof(DenseLeNet300)}.espalier.bin");
        if (blob is not null && File.Exists(blob))
        {
            Console.WriteLine($"dense network: {blob}");
            return Artifact.Load(blob, DenseLeNet300.Description);
        }

        var trained = train();
        if (folder is not null)
        {
            Directory.CreateDirectory(folder.FullName);
            Artifact.From(trained).Save(folder.FullName);
        }

        return trained.Weights;
    }

    public static TrainedModel Train(MnistData data, int seed, int epochs, int heldOut, TrainingCurve curve, CancellationToken cancellation) =>
        ProgressBar.Show("dense", bar => new Training<DenseLeNet300>(Recipe.Dense(seed, epochs)) { Progress = new Both(bar, curve) }.Run(data.Train(heldOut), data.HeldOut(heldOut), cancellation));
}
