using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

/// <summary>One layer class twice in one model and in two models: one kernel, weights of its own at each place.</summary>
public class SharedLayerTests
{
    public static TheoryData<int> Seeds => [1, 2, 3];

    [Theory, MemberData(nameof(Seeds))]
    public void ModelsThatShareALayerGiveWhatTheSimulationGives(int seed)
    {
        Agreement.Check<TwiceNet>(new RandomWeights(seed));
        Agreement.Check<OnceNet>(new RandomWeights(seed));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void NewWeightsAtOnePlaceChangeThatPlaceAlone(int seed)
    {
        var weights = new RandomWeights(seed).For(TwiceNet.Description);
        var others = new RandomWeights(seed + 100).For(TwiceNet.Description);
        var first = With(weights, others, 0);
        var second = With(weights, others, 1);
        ModelWeights[] all = [weights, first, second, With(first, others, 1)];
        Assert.All(all, w => Agreement.Check((given, tier) => new TwiceNet(given, tier), w, new RandomWeights(seed)));

        // Four networks of their own: had the places one set of weights, two of them would be equal.
        var input = new RandomWeights(seed).Inputs(TwiceNet.Inputs, extreme: false);
        Assert.Equal(4, all.Select(w => string.Join(' ', Predict(new TwiceNet(w), input))).Distinct().Count());
    }

    [Fact]
    public void TwoModelsAtOnceKeepTheirWeightsApart()
    {
        var random = new RandomWeights(9);
        var (twice, once) = (random.For(TwiceNet.Description), random.For(OnceNet.Description));
        var simulations = (Twice: new Simulation(twice), Once: new Simulation(once));
        foreach (var tier in Tiers.Supported)
        {
            var models = (Twice: new TwiceNet(twice, tier), Once: new OnceNet(once, tier));
            for (var sample = 0; sample < 8; sample++)
            {
                var input = random.Inputs(TwiceNet.Inputs, extreme: false);
                Assert.Equal(Predict(simulations.Twice, input), Predict(models.Twice, input));
                Assert.Equal(Predict(simulations.Once, input), Predict(models.Once, input));
            }
        }
    }

    /// <summary>Weights follow their place into another model, whatever the path there.</summary>
    [Fact]
    public void AnotherModelCanTakeTheWeightsOfAPlace()
    {
        var random = new RandomWeights(10);
        var twice = random.For(TwiceNet.Description);
        var once = new ModelWeights(OnceNet.Description, twice.Normalisation, [twice["1/SmallGrid"]]);
        Agreement.Check((given, tier) => new OnceNet(given, tier), once, random);
    }

    /// <summary>The same weights but for the codes and biases of one place, which are the others'; grids stay, so that neighbours still agree.</summary>
    private static ModelWeights With(ModelWeights weights, ModelWeights others, int place)
    {
        var (own, other) = ((IntegerLayerWeights)weights.Layers[place], (IntegerLayerWeights)others.Layers[place]);
        var mixed = new IntegerLayerWeights(own.Layer, other.Codes, other.Scales, other.Bias.ToArray(), own.InputGrid, own.OutputGrid, own.Table, other.Centroids);
        return new ModelWeights(weights.Model, weights.Normalisation, weights.Layers.SetItem(place, mixed));
    }

    private static float[] Predict(IPredictor model, float[] input)
    {
        var output = new float[TwiceNet.Outputs];
        model.Predict(input, output);
        return output;
    }
}
