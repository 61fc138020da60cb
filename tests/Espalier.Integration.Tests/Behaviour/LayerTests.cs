using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

/// <summary>A layer is a definition: it runs by itself, and every place in every model has weights of its own.</summary>
public class LayerTests
{
    [Fact]
    public void ALayerRunsAloneWithTheWeightsOfAPlace()
    {
        var weights = new RandomWeights(5).For(AllThreeNet.Description);
        foreach (var tier in Tiers.Supported)
        {
            var hidden = new AllThree(weights, "0/AllThree", tier);
            var integer = (IntegerLayerWeights)weights["0/AllThree"];
            var input = Enumerable.Range(0, AllThree.Inputs).Select(i => integer.InputGrid.Decode(i * 3)).ToArray();
            var output = new float[AllThree.Outputs];
            hidden.Predict(input, output);
            for (var o = 0; o < output.Length; o++)
            {
                // Inputs lie on the grid, so only the rounding of bias and scale is left: half a step of the sums.
                var sum = Enumerable.Range(0, input.Length).Sum(i => (double)integer.Weight(o, i) * input[i]) + integer.Bias[o];
                Assert.Equal(Math.Max(0, sum), output[o], integer.InputGrid.Scale * integer.Scale(o));
            }
        }
    }

    [Fact]
    public void TheSameClassTwiceHasWeightsOfItsOwnAtEachPlace()
    {
        Assert.Equal(["0/SigmoidLayer", "1/TanhLayer", "2/SmallGrid", "3/SmallGrid", "4/Probabilities"], GridNet.Description.Layers.Select(layer => layer.Path));
        var weights = new RandomWeights(6).For(GridNet.Description);
        Assert.NotSame(weights["2/SmallGrid"], weights["3/SmallGrid"]);
        var swapped = new ModelWeights(GridNet.Description, weights.Normalisation, [weights.Layers[0], weights.Layers[1], weights.Layers[2], weights.Layers[3], weights.Layers[4]]);
        Agreement.Check((w, tier) => new GridNet(w, tier), swapped, new RandomWeights(7));
    }

    [Fact]
    public void AnUnknownPlaceIsAnsweredWithThoseThereAre()
    {
        var weights = new RandomWeights(5).For(AllThreeNet.Description);
        var error = Assert.Throws<ArgumentException>(() => new AllThree(weights, "7/AllThree"));
        Assert.Contains("0/AllThree, 1/AllThreeOut", error.Message);
        Assert.Contains("(37, 29)", Assert.Throws<ArgumentException>(() => new AllThree(weights, "1/AllThreeOut")).Message);
    }

    [Fact]
    public void MixedArithmeticStaysWithinAStepOfTheGrid()
    {
        // Floats that become codes may fall on either side of a rounding boundary: one step of the grid at most, seen through later layers.
        var random = new RandomWeights(8);
        var weights = random.For(MixedNet.Description);
        var simulation = new Espalier.Kernels.Simulation(weights);
        var expected = new float[MixedNet.Outputs];
        var actual = new float[MixedNet.Outputs];
        foreach (var tier in Tiers.Supported)
        {
            var model = new MixedNet(weights, tier);
            for (var sample = 0; sample < 20; sample++)
            {
                var input = random.Inputs(MixedNet.Inputs, extreme: false);
                simulation.Predict(input, expected);
                model.Predict(input, actual);
                for (var o = 0; o < expected.Length; o++)
                {
                    Assert.Equal(expected[o], actual[o], 0.05f);
                }
            }
        }
    }
}
