using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>N:M sparsity of convolutions, from the attribute to the compiled kernels.</summary>
public class GroupedConvolutionTests
{
    private const int Samples = 240;
    private const int Inputs = 2 * 8 * 8;

    [Fact, Trait(Tiers.Trait, Tiers.Once)]
    public void TrainingSavingAndPredictingKeepTheGroups()
    {
        var description = GroupedImageNet.Description;
        var pruned = description.Layers.Where(layer => layer.Pruning is not null).ToArray();
        Assert.Equal([(3, 1), (4, 2)], pruned.Select(layer => (layer.Pruning!.GroupSize, layer.Pruning.KeptOfGroup!.Value)));

        var samples = Bars();
        var trained = new Training<GroupedImageNet>(new TrainingOptions { Epochs = 30, PruneEpochs = 30, ShareEpochs = 10 }).Run(samples, samples, TestContext.Current.CancellationToken);
        var weights = Artifact.Decode(Artifact.From(trained).Blob.Span, description, "blob");
        foreach (var layer in weights.Layers.OfType<IntegerLayerWeights>().Where(layer => layer.Layer.Pruning is not null))
        {
            // A weight that stays may still round to a code of zero.
            var groups = layer.Codes.Chunk(layer.Layer.Pruning!.GroupSize).Select(group => group.Count(code => code != 0)).ToArray();
            Assert.Equal(0, layer.Layer.WeightColumns % layer.Layer.Pruning.GroupSize);
            Assert.All(groups, count => Assert.InRange(count, 0, layer.Layer.Pruning.KeptOfGroup!.Value));
            Assert.True(groups.Sum() > groups.Length * layer.Layer.Pruning.KeptOfGroup!.Value / 2, $"{layer.Layer.Path}: {groups.Sum()} weights in {groups.Length} groups");
        }

        Assert.True(trained.ValidationAccuracy > 0.95, $"accuracy {trained.ValidationAccuracy}");
        var (expected, actual) = (new float[4], new float[4]);
        foreach (var tier in Tiers.Supported)
        {
            var model = new GroupedImageNet(weights, tier);
            for (var sample = 0; sample < 8; sample++)
            {
                new Simulation(weights).Predict(samples.Input(sample), expected);
                model.Predict(samples.Input(sample), actual);
                Assert.Equal(expected, actual);
            }
        }
    }

    /// <summary>A bright row or column, in one of two channels.</summary>
    private static LabelledSamples Bars()
    {
        var random = new Random(3);
        var (inputs, labels) = (new float[Samples * Inputs], new int[Samples]);
        for (var sample = 0; sample < Samples; sample++)
        {
            labels[sample] = sample % 4;
            var (channel, isRow, at) = (labels[sample] / 2, labels[sample] % 2 == 0, random.Next(8));
            for (var place = 0; place < Inputs; place++)
            {
                var (y, x) = (place % 64 / 8, place % 8);
                inputs[(sample * Inputs) + place] = (place / 64 == channel && (isRow ? y : x) == at ? 1 : 0) + (0.2f * random.NextSingle());
            }
        }

        return new LabelledSamples(inputs, labels, Inputs);
    }
}
