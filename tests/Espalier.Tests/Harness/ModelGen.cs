using CsCheck;

namespace Espalier.Tests.Harness;

/// <summary>Random models that the annotations would allow, and weights for them; shrinks towards small ones.</summary>
internal static class ModelGen
{
    private static readonly Gen<float> Extreme = Gen.OneOfConst(
        float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, -0f, 0f, 1.1754942e-38f, 65504f, 65505f, -65504f, 5.9604645e-8f, 2.9802322e-8f, 1f / 3, 3.3895314e38f);

    private static readonly Gen<QuantizationDescription> Quantization = Gen.Select(
        Gen.OneOfConst(Precision.Fp32, Precision.Fp16, Precision.Bf16, Precision.Int16, Precision.Int8, Precision.Int4, Precision.Ternary, Precision.Binary),
        Gen.OneOfConst(Precision.Fp32, Precision.Fp16, Precision.Int8, Precision.Int8, Precision.Int4, Precision.Int16),
        Gen.OneOfConst(Precision.Fp32, Precision.Int8),
        Gen.OneOfConst(Precision.Fp32, Precision.Int32),
        Gen.OneOfConst(Precision.Fp32, Precision.Bf16),
        Gen.OneOfConst(Rounding.Nearest, Rounding.Stochastic),
        Gen.Bool,
        Gen.Bool,
        (weights, inputs, outputs, accumulators, gradients, rounding, masters, perChannel) => new QuantizationDescription
        {
            Weights = weights,
            Inputs = inputs,
            Outputs = outputs,
            Accumulators = accumulators,
            Gradients = gradients,
            Rounding = rounding,
            MasterWeights = masters,
            PerChannel = perChannel,
        });

    private static readonly Gen<PruningDescription?> Pruning = Gen.Select(Gen.Bool, Gen.Double[0, 0.999], Gen.Bool, Gen.OneOfConst(0, 0, 4, 130), (prunes, sparsity, gradual, groupSize) =>
        prunes ? new PruningDescription(sparsity, gradual ? PruningSchedule.Gradual : PruningSchedule.OneShot) { GroupSize = groupSize } : null);

    private static readonly Gen<CodebookDescription?> Codebook = Gen.Select(Gen.Bool, Gen.Int[2, 256], Gen.OneOfConst(Precision.Fp32, Precision.Fp16, Precision.Int8), (shares, clusters, precision) =>
        shares ? new CodebookDescription(clusters, precision) : null);

    private static readonly Gen<LayerDescription> Layer = Gen.Select(
        Gen.Int[1, 40], Gen.Bool, Gen.OneOfConst(Enum.GetValues<Activation>()), Quantization, Pruning, Codebook, (outputs, bias, activation, quantization, pruning, codebook) =>
            TestModels.Dense("", 1, outputs, activation) with { Bias = bias, Quantization = quantization, Pruning = pruning, Codebook = codebook });

    /// <summary>One to five layers of 1 to 40 inputs and outputs.</summary>
    public static Gen<ModelDescription> Model { get; } = Gen.Select(Gen.Int[1, 40], Layer.Array[1, 5], (inputs, layers) => new ModelDescription
    {
        Name = "Tests.Random",
        Layers = [.. layers.Select((layer, i) => layer with
        {
            Path = $"{i}/L{i}",
            Inputs = i == 0 ? inputs : layers[i - 1].Outputs,
            Arguments = [i == 0 ? inputs : layers[i - 1].Outputs, layer.Outputs],
        })],
    });

    /// <summary>Weights of any density, none at all included, some of them with the floats that formats break on.</summary>
    public static Gen<ModelWeights> Weights { get; } = Gen.Select(
        Model, Gen.ULong, Gen.OneOfConst(0f, 0.02f, 0.3f, 0.9f, 1f), Gen.Bool, Extreme.Array[1, 12], (model, seed, density, extreme, floats) =>
        {
            var weights = TestWeights.Of(model, seed, density);
            return extreme ? new ModelWeights(model, weights.Normalisation, [.. weights.Layers.Select(layer => WithExtremes(layer, floats))]) : weights;
        });

    private static LayerWeights WithExtremes(LayerWeights weights, float[] floats)
    {
        var bias = weights.BiasArray.Select((value, i) => i % 2 == 0 ? floats[i % floats.Length] : value).ToArray();
        if (weights is IntegerLayerWeights integer)
        {
            var scales = integer.Scales.Select((scale, i) => floats[i % floats.Length] > 0 ? floats[i % floats.Length] : scale).ToArray();
            return new IntegerLayerWeights(weights.Layer, integer.Codes, scales, bias, integer.InputGrid, integer.OutputGrid, integer.Table, integer.Centroids);
        }

        var values = ((FloatLayerWeights)weights).Values;
        var centroids = ((FloatLayerWeights)weights).Centroids is null ? null : floats.Append(0).Distinct().Order().ToArray();
        return new FloatLayerWeights(weights.Layer, [.. values.Select((value, i) => centroids is not null || i % 3 == 0 ? floats[i % floats.Length] : value)], bias, centroids);
    }
}
