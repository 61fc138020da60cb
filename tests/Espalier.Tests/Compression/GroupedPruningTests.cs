using CsCheck;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Compression;

/// <summary>N:M sparsity: masks, schedules and what training leaves.</summary>
public class GroupedPruningTests
{
    private static readonly Gen<(float[] Scores, int Stride, int Outputs, int Size, int Keep)> s_cases =
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 7], Gen.Int[2, 9], Gen.Int[1, 6], Gen.Double[0, 1], Gen.Bool, Gen.Int).Select((outputs, padding, size, groups, share, ties, seed) =>
        {
            var random = new Random(seed);
            var (stride, inputs) = (outputs + padding, size * groups);
            var scores = new float[stride * inputs];
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = i % stride >= outputs ? 0 : ties ? random.Next(1, 4) : random.NextSingle() + 1e-3f;
            }

            return (scores, stride, outputs, size, (int)(share * inputs * outputs));
        });

    [Fact]
    public void EveryGroupKeepsItsLargest_AndAsManyAsEveryOtherOrOneMore() => s_cases.Sample(it =>
    {
        var kept = GroupedPruning.Choose(it.Scores, it.Stride, it.Outputs, it.Size, it.Keep);
        Assert.Equal(it.Keep, kept.Count(weight => weight));
        var groups = Groups(it.Scores.Length, it.Stride, it.Outputs, it.Size);
        Assert.InRange(groups.Max(group => group.Count(place => kept[place])) - groups.Min(group => group.Count(place => kept[place])), 0, 1);
        Assert.All(groups, group =>
        {
            var smallest = group.Where(place => kept[place]).Select(place => it.Scores[place]).DefaultIfEmpty(float.MaxValue).Min();
            var largest = group.Where(place => !kept[place]).Select(place => it.Scores[place]).DefaultIfEmpty(0).Max();
            Assert.True(largest <= smallest, $"{largest} was removed, {smallest} kept");
        });
    });

    /// <summary>What goes beyond whole ranks goes where it is smallest in the layer.</summary>
    [Fact]
    public void OfTheNextInEachGroupTheSmallestGo()
    {
        // Two outputs, groups of two inputs; a third weight goes from the group whose survivor is smallest.
        float[] scores =
        [
            5, 1,
            4, 2,
            3, 8,
            9, 7,
        ];
        Assert.Equal([true, false, false, false, false, true, true, false], GroupedPruning.Choose(scores, 2, 2, 2, 3));
        Assert.Equal([true, false, false, true, false, true, true, false], GroupedPruning.Choose(scores, 2, 2, 2, 4));
        Assert.Equal([true, false, false, true, false, true, true, true], GroupedPruning.Choose(scores, 2, 2, 2, 5));
    }

    [Fact]
    public void ZerosAreNeverKept() => Assert.Equal([true, false, false, false], GroupedPruning.Choose([1, 0, 0, 0], 1, 1, 2, 4));

    [Theory]
    [InlineData(0.5, 4, 2)]
    [InlineData(0.75, 8, 2)]
    [InlineData(0.67, 3, 1)]
    [InlineData(0.9, 10, 1)]
    [InlineData(0.6, 4, null)]
    [InlineData(0.5, 3, null)]
    [InlineData(0, 4, null)]
    [InlineData(0.99, 4, null)]
    [InlineData(0.5, 1, null)]
    [InlineData(0.5, 0, null)]
    [InlineData(double.NaN, 4, null)]
    public void NIsWholeOrThereIsNone(double sparsity, int size, int? kept) =>
        Assert.Equal(kept, new PruningDescription(sparsity) { GroupSize = size }.KeptOfGroup);

    [Theory]
    [InlineData(PruningSchedule.Gradual, 5, PruningScope.PerLayer, false)]
    [InlineData(PruningSchedule.OneShot, 2, PruningScope.PerLayer, false)]
    [InlineData(PruningSchedule.Gradual, 3, PruningScope.Global, false)]
    [InlineData(PruningSchedule.Gradual, 3, PruningScope.PerLayer, true)]
    public void TrainedModelsKeepNOfM(PruningSchedule schedule, int epochs, PruningScope scope, bool splicing)
    {
        var options = new TrainingOptions { Epochs = 2, PruneEpochs = epochs, BatchSize = 100, Pruning = new() { Scope = scope, Splicing = splicing } };
        foreach (var (layer, (kept, size)) in Train(schedule, null, options).Weights.Layers.Zip([(1, 3), (2, 8)]))
        {
            var counts = CountsOfGroups(layer, size);
            Assert.All(counts, count => Assert.Equal(kept, count));
            Assert.Equal(layer.Layer.Inputs * layer.Layer.Outputs * kept / size, layer.Nonzeros);
        }
    }

    /// <summary>A codebook may call a small weight zero and dead neurons lose all of theirs: no group ends with more than N.</summary>
    [Fact]
    public void SharedAndDeadWeightsLeaveNoMoreThanN()
    {
        var options = new TrainingOptions { Epochs = 2, PruneEpochs = 3, ShareEpochs = 2, BatchSize = 100, Pruning = new() { RemoveDead = true, WeighPlaces = true } };
        foreach (var (layer, (kept, size)) in Train(PruningSchedule.Gradual, 8, options).Weights.Layers.Zip([(1, 3), (2, 8)]))
        {
            Assert.All(CountsOfGroups(layer, size), count => Assert.InRange(count, 0, kept));
            Assert.True(layer.Nonzeros > 0);
        }
    }

    [Fact]
    public void TheReportNamesTheGroups()
    {
        var text = new StringWriter();
        Train(PruningSchedule.OneShot, null, new TrainingOptions { Epochs = 1, PruneEpochs = 1, BatchSize = 100 }).Report.WriteTo(text);
        Assert.Contains("(1:3)", text.ToString());
        Assert.Contains("(2:8)", text.ToString());
    }

    [Theory]
    [InlineData(0.5, 2, "9 inputs")]
    [InlineData(0.5, 3, "sparsity of 0.5 in groups of 3")]
    [InlineData(0.5, -4, "groups of -4")]
    public void GroupsThatDoNotFitAreRefused(double sparsity, int size, string named)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, null, null);
        model = model with { Layers = [model.Layers[0] with { Pruning = new PruningDescription(sparsity) { GroupSize = size } }, model.Layers[1]] };
        var error = Assert.Throws<ArgumentException>(() => new Trainer(model).Run(TestModels.Samples(30, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken));
        Assert.Contains(named, error.Message);
        Assert.Contains("0/Hidden", error.Message);
    }

    private static TrainedModel Train(PruningSchedule schedule, int? clusters, TrainingOptions options)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, null, clusters);
        model = model with
        {
            Layers =
            [
                model.Layers[0] with { Pruning = new PruningDescription(0.67, schedule) { GroupSize = 3 } },
                model.Layers[1] with { Pruning = new PruningDescription(0.75, schedule) { GroupSize = 8 } },
            ],
        };
        return new Trainer(model, options).Run(TestModels.Samples(100, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken);
    }

    /// <summary>Nonzeros of each group; the weights that leave training stand by output, then input.</summary>
    private static int[] CountsOfGroups(LayerWeights layer, int size) =>
        [.. ((FloatLayerWeights)layer).Values.Chunk(size).Select(group => group.Count(weight => weight != 0))];

    private static int[][] Groups(int length, int stride, int outputs, int size) =>
        [.. Enumerable.Range(0, length).Where(place => place % stride < outputs).GroupBy(place => (place / stride / size, place % stride)).Select(group => group.ToArray())];
}
