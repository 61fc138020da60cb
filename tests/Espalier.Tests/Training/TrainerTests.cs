using Xunit;
using static Espalier.Tests.Harness.TestModels;

namespace Espalier.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void EqualSeedsGiveEqualBlobs()
    {
        byte[] Train(int seed) => Artifact.From(new Trainer(Model(Activation.Relu, Precision.Int8, 0.5, 8), new TrainingOptions { Epochs = 3, Seed = seed }).Run(Samples(100, 1), Samples(30, 2), TestContext.Current.CancellationToken)).Blob.ToArray();
        Assert.Equal(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void CancellationStopsTheRun()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Trainer(Model(Activation.Relu, Precision.Fp32, null, null)).Run(Samples(30, 1), Samples(30, 2), source.Token));
    }
}
