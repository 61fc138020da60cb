using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Holds batches on every tier against single predictions, bit for bit: integers are exact, and dense floats are added in the same order.</summary>
internal static class BatchAgreement
{
    public static void Check<TModel>(RandomWeights random, params int[] sizes)
        where TModel : IModel<TModel> => Check((weights, tier) => TModel.Create(weights, tier), random.For(TModel.Description), random, sizes);

    public static void Check(Func<ModelWeights, InstructionTier, IPredictor> create, ModelWeights weights, RandomWeights random, params int[] sizes)
    {
        var (inputs, outputs) = (weights.Model.Inputs, weights.Model.Outputs);
        var exact = weights.Layers.All(layer => layer is IntegerLayerWeights);
        foreach (var tier in Tiers.Supported)
        {
            var model = create(weights, tier);
            var batches = new BatchPredictor(model);
            foreach (var samples in sizes)
            {
                // Every third sample drives all its inputs to the top; integer networks get NaN and infinities too.
                var input = random.Inputs(samples * inputs, extreme: exact && samples % 2 == 1);
                for (var sample = 0; sample < samples; sample += 3)
                {
                    input.AsSpan(sample * inputs, inputs).Fill(1e9f);
                }

                var batch = new float[samples * outputs];
                Array.Fill(batch, 12345);
                batches.Predict(input, batch);
                var single = new float[outputs];
                for (var sample = 0; sample < samples; sample++)
                {
                    model.Predict(input.AsSpan(sample * inputs, inputs), single);
                    var actual = batch.AsSpan(sample * outputs, outputs);
                    Assert.True(
                        Bits(single).SequenceEqual(Bits(actual)),
                        $"{weights.Model.Name} on {tier}, sample {sample} of {samples}: expected {string.Join(' ', single.Take(5))}, got {string.Join(' ', actual[..Math.Min(5, outputs)].ToArray())}");
                }
            }
        }
    }

    private static ReadOnlySpan<int> Bits(ReadOnlySpan<float> values) => System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(values);
}
