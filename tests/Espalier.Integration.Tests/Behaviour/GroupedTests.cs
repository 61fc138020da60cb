using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

/// <summary>N:M sparsity from the attribute to the compiled kernel.</summary>
public class GroupedTests
{
    [Fact]
    public void TheDescriptionCarriesTheGroups()
    {
        Assert.Equal([(4, 2), (3, 1)], GroupedNet.Description.Layers.Select(layer => (layer.Pruning!.GroupSize, layer.Pruning.KeptOfGroup!.Value)));
        Assert.Equal(PruningSchedule.OneShot, GroupedNet.Description.Layers[1].Pruning!.Schedule);
    }

    [Fact]
    public void TrainingSavingAndPredictingKeepThem()
    {
        var random = new Random(1);
        var (inputs, labels) = (new float[300 * 36], new int[300]);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = i % 5;
            for (var k = 0; k < 36; k++)
            {
                inputs[(i * 36) + k] = (k % 5 == labels[i] ? 1 : 0) + (0.3f * random.NextSingle());
            }
        }

        var samples = new LabelledSamples(inputs, labels, 36);
        var trained = new Training<GroupedNet>(new TrainingOptions { Epochs = 20, PruneEpochs = 20, ShareEpochs = 5 }).Run(samples, samples, TestContext.Current.CancellationToken);
        var weights = Artifact.Decode(Artifact.From(trained).Blob.Span, GroupedNet.Description, "blob");
        var floats = ((FloatLayerWeights)weights.Layers[0]).Values.Chunk(4).Select(group => group.Count(weight => weight != 0));
        Assert.All(floats, count => Assert.Equal(2, count));
        var codes = ((IntegerLayerWeights)weights.Layers[1]).Codes.Chunk(3).Select(group => group.Count(code => code != 0)).ToArray();
        Assert.All(codes, count => Assert.InRange(count, 0, 1));
        Assert.True(codes.Sum() > codes.Length / 2, $"{codes.Sum()} of {codes.Length} groups have a weight");
        Assert.True(trained.ValidationAccuracy > 0.95, $"accuracy {trained.ValidationAccuracy}");
    }

    [Theory, InlineData(1), InlineData(2)]
    public void KernelsAgree(int seed) => Agreement.Check<GroupedNet>(new RandomWeights(seed));
}
