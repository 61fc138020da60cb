using Espalier.Numerics;

namespace Espalier.Tests.Harness;

/// <summary>Weights that no training made: random, but the same for a seed on every machine and for ever.</summary>
internal static class TestWeights
{
    /// <summary>Weights for any model: on the grids and in the codebooks that its layers ask for.</summary>
    public static ModelWeights Of(ModelDescription model, ulong seed, float density = 1)
    {
        var random = new RandomNumbers(seed);
        var forms = model.ToForms();
        var grids = model.Layers.Select(layer => layer.IsInteger ? Grid(random, layer.Quantization.InputTop) : (ActivationGrid?)null).ToArray();
        var shared = forms.GroupTops.Select((_, group) => Enumerable.Range(0, grids.Length).Where(i => grids[i] is not null && forms.GridGroup(forms.Graph.SourcesOf(i)[0]) == group).Select(i => grids[i]).FirstOrDefault()).ToArray();
        for (var group = 0; group < shared.Length; group++)
        {
            shared[group] ??= Grid(random, forms.GroupTops[group]);
        }

        ActivationGrid? Of(int tensor) => forms.GridGroup(tensor) is >= 0 and var group ? shared[group] : null;
        var layers = model.Layers.Select((layer, i) =>
            !layer.HasWeights ? new WeightlessLayerWeights(layer, layer.Kind == "Add" ? Of(i) : null)
            : layer.IsInteger ? Integers(random, layer, density, Of(forms.Graph.SourcesOf(i)[0]) ?? grids[i]!.Value, Of(forms.AdditionOf(i) ?? i))
            : (LayerWeights)Floats(random, layer, density));
        return new ModelWeights(model, new Normalisation(random.Uniform(-2, 2), random.Uniform(0.01f, 2)), [.. layers]);
    }

    /// <summary>The same with biases that are multiples of 1/32, some of them 0.</summary>
    public static ModelWeights WithGridBiases(ModelWeights weights) => new(weights.Model, weights.Normalisation, [.. weights.Layers.Select(layer =>
    {
        var bias = Array.ConvertAll(layer.BiasArray, value => MathF.Abs(value) < 0.3f ? 0 : MathF.Round(value * 32) / 32);
        return layer is IntegerLayerWeights integer
            ? new IntegerLayerWeights(layer.Layer, integer.Codes, integer.Scales, bias, integer.InputGrid, integer.OutputGrid, integer.Table, integer.Centroids)
            : (LayerWeights)new FloatLayerWeights(layer.Layer, ((FloatLayerWeights)layer).Values, bias, ((FloatLayerWeights)layer).Centroids);
    })]);

    private static IntegerLayerWeights Integers(RandomNumbers random, LayerDescription layer, float density, ActivationGrid input, ActivationGrid? output)
    {
        var top = layer.Quantization.WeightTop;
        var clusters = Math.Min(layer.Codebook?.Clusters ?? 0, (2 * top) + 1);
        var others = Enumerable.Range(1, top).SelectMany(code => new[] { (sbyte)code, (sbyte)-code }).Take(Math.Max(0, clusters - 1));
        sbyte[]? centroids = layer.Codebook is null ? null : [.. others.Append((sbyte)0).Order()];
        var codes = Weights(random, layer, density, () => centroids is null ? (sbyte)(random.Below((2 * top) + 1) - top) : centroids[random.Below(centroids.Length)]);
        var scales = Numbers(layer.Quantization.PerChannel ? layer.WeightRows : 1, () => random.Uniform(0.001f, 0.02f));
        var table = output is { } grid && layer.Activation is Activation.Sigmoid or Activation.Tanh
            ? new ActivationTable(Grid(random, 255), Numbers(256, () => (byte)random.Below(output!.Value.Top + 1)))
            : null;
        return new IntegerLayerWeights(layer, codes, scales, Bias(random, layer), input, output, table, centroids);
    }

    private static FloatLayerWeights Floats(RandomNumbers random, LayerDescription layer, float density)
    {
        var (weights, precision) = (layer.Quantization.Weights, layer.Codebook?.CentroidPrecision ?? layer.Quantization.Weights);
        float Next() => Rounded(weights is Precision.Ternary or Precision.Binary ? 0.25f * (random.Below(3) - 1) : random.Uniform(-1, 1), precision);
        float[]? centroids = layer.Codebook is { } codebook ? [.. Numbers(codebook.Clusters - 1, Next).Append(0).Distinct().Order()] : null;
        var values = Weights(random, layer, density, () => centroids is null ? Next() : centroids[random.Below(centroids.Length)]);
        return new FloatLayerWeights(layer, values, Bias(random, layer), centroids);
    }

    private static float Rounded(float value, Precision precision) => precision switch
    {
        Precision.Fp16 => StoredFormats.ToFp16(value),
        Precision.Bf16 => StoredFormats.ToBf16(value),
        Precision.Int16 => MathF.Round(value * 32767) * (1f / 32768),
        Precision.Int8 => MathF.Round(value * 127) * (1f / 128),
        Precision.Int4 => MathF.Round(value * 7) * (1f / 8),
        _ => value,
    };

    private static T[] Weights<T>(RandomNumbers random, LayerDescription layer, float density, Func<T> next)
        where T : struct => Numbers(layer.WeightRows * layer.WeightColumns, () => random.Uniform() < density ? next() : default);

    private static float[] Bias(RandomNumbers random, LayerDescription layer) => Numbers(layer.Bias ? layer.WeightRows : 0, () => random.Uniform(-1, 1));

    private static ActivationGrid Grid(RandomNumbers random, int top) => new(random.Uniform(0.005f, 0.05f), (ushort)random.Below(top + 1), (ushort)top);

    private static T[] Numbers<T>(int count, Func<T> next)
    {
        var numbers = new T[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = next();
        }

        return numbers;
    }
}
