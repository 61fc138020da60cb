using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>The whole pipeline on small images: stages, seeds, checkpoints.</summary>
public class ImageTrainerTests
{
    private const int Side = 8;

    private static readonly LabelledSamples s_train = Images(120, 1);
    private static readonly LabelledSamples s_validation = Images(60, 2);

    private static readonly TrainingOptions s_options = new()
    {
        Epochs = 3,
        PruneEpochs = 3,
        ShareEpochs = 2,
        BatchSize = 20,
        LearningRate = 0.05,
        Optimizer = new Sgd(),
        Pruning = new PruningOptions { Scope = PruningScope.Global, RemoveDead = true },
    };

    public static TheoryData<Precision, bool> Forms => new() { { Precision.Fp32, false }, { Precision.Int8, false }, { Precision.Int8, true }, { Precision.Fp32, true } };

    [Theory, MemberData(nameof(Forms))]
    public void ImagesAreLearnedAndCompressed(Precision precision, bool normalised)
    {
        var model = Model(precision, normalised);
        var trained = new Trainer(model, s_options with { Epochs = 8 }).Run(s_train, s_validation, TestContext.Current.CancellationToken);
        Assert.True(trained.ValidationAccuracy > 0.8, $"accuracy {trained.ValidationAccuracy}");
        Assert.Equal(0.6, 1 - trained.Stages[^1].Density, 0.1);
        Assert.True(Evaluation.Accuracy(trained.Reference, s_validation, 3) > 0.8);
        foreach (var weights in trained.Weights.Layers.Where(layer => layer.Layer.HasWeights))
        {
            var values = Enumerable.Range(0, weights.Layer.WeightRows).SelectMany(row => Enumerable.Range(0, weights.Layer.WeightColumns).Select(column => weights.Weight(row, column)));
            Assert.True(values.Distinct().Count() <= 8);
        }
    }

    [Fact]
    public void AStoppedRunEndsInTheSameWeights()
    {
        using var folder = new TemporaryFolder();
        var model = Model(Precision.Int8, true);
        var options = s_options with { QuantizationEpochs = 1 };
        var whole = Artifact.From(new Trainer(model, options).Run(s_train, s_validation, TestContext.Current.CancellationToken)).Blob.ToArray();
        for (var epochs = 1; epochs < 9; epochs++)
        {
            var path = folder.At($"{epochs}.checkpoint");
            using var stop = new CancellationTokenSource();
            var seen = 0;
            var stopped = new Trainer(model, options with { Checkpoint = path })
            {
                Progress = new Reports(_ =>
                {
                    if (++seen == epochs)
                    {
                        stop.Cancel();
                    }
                }),
            };
            Assert.Throws<OperationCanceledException>(() => stopped.Run(s_train, s_validation, stop.Token));
            Assert.Equal(whole, Artifact.From(new Trainer(model, options with { Checkpoint = path }).Run(s_train, s_validation, TestContext.Current.CancellationToken)).Blob.ToArray());
        }
    }

    [Fact]
    public void ThreadsGiveTheSameWeights()
    {
        var model = Model(Precision.Int8, true);
        byte[] Run(int threads) => Artifact.From(new Trainer(model, s_options with { Threads = threads }).Run(s_train, s_validation, TestContext.Current.CancellationToken)).Blob.ToArray();
        Assert.Equal(Run(1), Run(2));
    }

    private static ModelDescription Model(Precision precision, bool normalised)
    {
        LayerDescription Compressed(LayerDescription layer) => layer with
        {
            Quantization = precision == Precision.Fp32 ? QuantizationDescription.Fp32 : new QuantizationDescription { Weights = precision, Inputs = Precision.Int8, PerChannel = false },
            Pruning = new PruningDescription(0.6),
            Codebook = new CodebookDescription(8, precision == Precision.Fp32 ? Precision.Fp16 : precision),
            BatchNorm = normalised && layer.Kind == "Conv2D" ? new BatchNormDescription() : null,
        };
        return new GraphBuilder(1, Side, Side).Conv(6, 3, activation: Activation.Relu, with: Compressed).MaxPool(2, 2, dropout: 0.1).Conv(8, 2, activation: Activation.Relu, with: Compressed).Dense(3, with: Compressed).Model;
    }

    /// <summary>A bar that lies, one that stands and a blot, somewhere.</summary>
    private static LabelledSamples Images(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new float[count * Side * Side];
        for (var i = 0; i < count; i++)
        {
            var (y, x) = (random.Next(Side - 4), random.Next(Side - 4));
            foreach (var (dy, dx) in (i % 3) switch { 0 => new[] { (0, 0), (0, 1), (0, 2), (0, 3) }, 1 => [(0, 0), (1, 0), (2, 0), (3, 0)], _ => [(0, 0), (0, 1), (1, 0), (1, 1)] })
            {
                pixels[(((i * Side) + y + dy) * Side) + x + dx] = 1 - (random.NextSingle() * 0.2f);
            }
        }

        return new LabelledSamples(pixels, [.. Enumerable.Range(0, count).Select(i => i % 3)], Side * Side);
    }
}
