using Espalier.Tests.Harness;
using Xunit;
using static Espalier.Tests.Harness.TestModels;

namespace Espalier.Tests.Training;

/// <summary>Where the scope of pruning comes from: the options, else <c>[Train]</c>, else each layer by itself.</summary>
public class PruningScopeTests
{
    private static readonly TrainingOptions s_options = new() { Epochs = 3, PruneEpochs = 2, ShareEpochs = 0, BatchSize = 30 };

    [Fact]
    public void TheAttributeIsTheDefault()
    {
        var asked = Kept(Trained(null, PruningScope.Global));
        Assert.Equal(asked, Kept(Trained(PruningScope.Global, null)));
        Assert.NotEqual(asked, Kept(Trained(null, null)));
    }

    [Fact]
    public void TheOptionsWin()
    {
        var perLayer = Kept(Trained(PruningScope.Global, PruningScope.PerLayer));
        Assert.Equal(perLayer, Kept(Trained(null, null)));
        Assert.Equal([9 * 24 / 2, 24 * 3 / 2], perLayer);
        var global = Kept(Trained(PruningScope.PerLayer, PruningScope.Global));
        Assert.Equal(global, Kept(Trained(PruningScope.Global, null)));
        Assert.Equal(perLayer.Sum(), global.Sum());
    }

    [Fact]
    public void OptionsAboutPruningThatLeaveTheScopeOutKeepTheAttributes()
    {
        var model = Pruned(PruningScope.Global);
        var resolved = (s_options with { Pruning = new PruningOptions { MasksPerEpoch = 2 } }).Resolve(model);
        Assert.Equal(new PruningOptions { MasksPerEpoch = 2, Scope = PruningScope.Global }, resolved.Pruning);
        Assert.Equal(PruningScope.PerLayer, s_options.Resolve(Pruned(null)).Pruning.Scope);
    }

    [Fact]
    public void AValueWithoutAMeaningIsNamed()
    {
        var error = Assert.Throws<ArgumentException>(() => Trained((PruningScope)7, null));
        Assert.Contains("Scope is 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("[Train(PruningScope = …)]", error.Message, StringComparison.Ordinal);
        Assert.Equal(108, Kept(Trained((PruningScope)7, PruningScope.PerLayer))[0]);
    }

    private static ModelDescription Pruned(PruningScope? scope) =>
        Model(Activation.Relu, Precision.Fp32, 0.5, null) with { Training = new TrainingDescription { PruningScope = scope } };

    private static TrainedModel Trained(PruningScope? attribute, PruningScope? option) =>
        new Trainer(Pruned(attribute), s_options with { Pruning = new PruningOptions { Scope = option } }).Run(Samples(300, 1), Samples(90, 2), TestContext.Current.CancellationToken);

    private static int[] Kept(TrainedModel trained) =>
        [.. trained.Weights.Layers.Select(layer => layer.Nonzeros)];
}
