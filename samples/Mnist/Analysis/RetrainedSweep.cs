using Espalier;
using Espalier.Samples;

namespace Mnist.Analysis;

/// <summary>The network trained with every stage of compression at several sparsities: what retraining wins back.</summary>
internal static class RetrainedSweep
{
    private const int Clusters = 16;

    /// <summary>The last layer has a hundredth of the weights and suffers first: it keeps three times the share, as in Deep Compression's table.</summary>
    private const double LastLayerKeeps = 3;

    /// <summary>Before anything is measured, so that a slip does not cost minutes.</summary>
    public static void Check(IReadOnlyList<double> sparsities)
    {
        foreach (var sparsity in sparsities)
        {
            if (!(sparsity is > 0 and < 1))
            {
                throw new ArgumentException(FormattableString.Invariant($"--retrain has {sparsity}; a sparsity is a share between 0 and 1."));
            }
        }
    }

    public static IReadOnlyList<(double Sparsity, TrainedModel Trained)> Run(
        MnistData data, IReadOnlyList<double> sparsities, int seed, int epochs, int heldOut, CancellationToken cancellation)
    {
        var (train, validation) = (data.Train(heldOut), data.HeldOut(heldOut));
        return sparsities.Count == 0 ? [] : ProgressBar.Show(context => sparsities.Select(sparsity =>
        {
            var name = FormattableString.Invariant($"pruned to {100 * (1 - sparsity):0.##} %");
            var bar = new ProgressBar(context.AddTask(name), name);
            return (sparsity, new Trainer(Model(sparsity), Recipe.Dense(seed, epochs)) { Progress = bar }.Run(train, validation, cancellation));
        }).ToArray());
    }

    private static ModelDescription Model(double sparsity)
    {
        var dense = DenseLeNet300.Description;
        return dense with
        {
            Layers =
            [
                .. dense.Layers.Select((layer, place) => layer with
                {
                    Quantization = new QuantizationDescription { Weights = Precision.Int8, Inputs = Precision.Int8, PerChannel = false },
                    Pruning = new PruningDescription(place + 1 < dense.Layers.Length ? sparsity : Math.Max(0, 1 - (LastLayerKeeps * (1 - sparsity)))),
                    Codebook = new CodebookDescription(Clusters, Precision.Int8),
                }),
            ],
        };
    }
}
