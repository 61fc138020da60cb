using Espalier.Integration.Tests.Weights;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Holds a compiled model on every tier against the simulation: bit for bit where all layers are integers, within the stated bound elsewhere.</summary>
internal static class Agreement
{
    public static void Check<TModel>(RandomWeights random, int samples = 4)
        where TModel : IModel<TModel>
    {
        var weights = random.For(TModel.Description);
        Check((w, tier) => TModel.Create(w, tier), weights, random, samples);
    }

    public static void Check(Func<ModelWeights, InstructionTier, IPredictor> create, ModelWeights weights, RandomWeights random, int samples = 4)
    {
        var simulation = new Simulation(weights);
        var exact = weights.Layers.All(layer => layer is IntegerLayerWeights);
        var expected = new float[weights.Model.Outputs];
        var actual = new float[weights.Model.Outputs];
        foreach (var tier in Tiers.Supported)
        {
            var model = create(weights, tier);
            for (var sample = 0; sample < samples; sample++)
            {
                // Float layers pass NaN and infinities on; how far depends on the layout, so only integer networks get them here.
                var input = random.Inputs(weights.Model.Inputs, extreme: exact && sample % 2 == 1);
                simulation.Predict(input, expected);
                model.Predict(input, actual);
                Compare(weights, tier, exact, expected, actual);

                // What training reports the accuracy of.
                if (BatchSimulation.Takes(weights))
                {
                    BatchSimulation.Predict(weights, input, expected);
                    Compare(weights, tier, exact, expected, actual);
                }
            }
        }
    }

    private static void Compare(ModelWeights weights, InstructionTier tier, bool exact, float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var equal = exact
                ? BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])
                : MathF.Abs(expected[i] - actual[i]) <= 1e-4f * Math.Max(1, expected.Max(MathF.Abs));
            if (!equal)
            {
                Assert.Fail($"{weights.Model.Name} on {tier}, output {i}: expected {expected[i]:R}, got {actual[i]:R}");
            }
        }
    }
}
