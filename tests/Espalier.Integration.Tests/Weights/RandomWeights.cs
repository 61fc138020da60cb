using System.Collections.Immutable;
using Espalier.Numerics;

namespace Espalier.Integration.Tests.Weights;

/// <summary>Random weights for any description: what kernels must agree on does not depend on training.</summary>
internal sealed class RandomWeights(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>The share of nonzeros; the description's own unless set.</summary>
    public double? Density { get; init; }

    /// <summary>Puts every weight at the end of its grid, where 16-bit sums are most likely to overflow.</summary>
    public bool Extreme { get; init; }

    public ModelWeights For(ModelDescription model)
    {
        var layers = new LayerWeights[model.Layers.Length];
        ActivationGrid? next = null;
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            var codes = i + 1 < layers.Length && model.Layers[i].HandsCodesTo(model.Layers[i + 1]);
            layers[i] = For(model.Layers[i], codes ? next : null);
            next = layers[i] is IntegerLayerWeights integer ? integer.InputGrid : null;
        }

        return new ModelWeights(model, new Normalisation(Next(-1, 1), Next(0.1f, 2)), ImmutableArray.Create(layers));
    }

    public LayerWeights For(LayerDescription layer, ActivationGrid? next = null)
    {
        var bias = Enumerable.Range(0, layer.Bias ? layer.WeightRows : 0).Select(_ => Next(-1, 1)).ToArray();
        var kept = Density ?? (layer.Pruning is { } pruning ? 1 - pruning.Sparsity : 1);
        var count = layer.WeightColumns * layer.WeightRows;
        if (!layer.IsInteger)
        {
            float Value() => Stored(layer, Next(-1, 1));
            var shared = layer.Codebook is { } book ? Enumerable.Range(0, book.Clusters - 1).Select(_ => Value()).Append(0).Distinct().Order().ToArray() : null;
            var values = Enumerable.Range(0, count).Select(_ => _random.NextDouble() >= kept ? 0 : shared is null ? Value() : shared[_random.Next(shared.Length)]).ToArray();
            return new FloatLayerWeights(layer, values, bias, shared);
        }

        var top = layer.Quantization.WeightTop;
        var centroids = layer.Codebook is { } codebook
            ? Enumerable.Range(0, codebook.Clusters - 1).Select(_ => Code(top)).Append((sbyte)0).Distinct().Order().ToArray()
            : null;
        var codes = Enumerable.Range(0, count).Select(_ => _random.NextDouble() >= kept ? (sbyte)0 : centroids is null ? Code(top) : centroids[_random.Next(centroids.Length)]).ToArray();
        var scales = Enumerable.Range(0, layer.Quantization.PerChannel ? layer.WeightRows : 1).Select(_ => Next(0.001f, 0.02f)).ToArray();
        var inputTop = (ushort)layer.Quantization.InputTop;
        var grid = new ActivationGrid(Next(0.005f, 0.05f) * (inputTop > 255 ? 1 / 128f : 1), _random.Next(2) == 0 ? (ushort)0 : (ushort)_random.Next(inputTop + 1), inputTop);
        var table = next is { } output && layer.Activation is Activation.Sigmoid or Activation.Tanh ? Table(layer.Activation, next!.Value) : null;
        return new IntegerLayerWeights(layer, codes, scales, bias, grid, next, table, centroids);
    }

    /// <summary>Inputs of every kind: ordinary ones, huge ones, infinities and NaN.</summary>
    public float[] Inputs(int count, bool extreme) =>
        [.. Enumerable.Range(0, count).Select(_ => extreme
            ? _random.Next(8) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, 3 => float.MaxValue, 4 => -1e20f, 5 => -0f, 6 => float.Epsilon, _ => Next(-3, 3) }
            : Next(-3, 3))];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>What stays of a float weight in its layer's format; extreme ones are the smallest and largest that fp16 has.</summary>
    private float Stored(LayerDescription layer, float value) => (layer.Codebook?.CentroidPrecision ?? layer.Quantization.Weights) switch
    {
        Precision.Fp16 => StoredFormats.ToFp16(Extreme ? value * MathF.ScaleB(1, _random.Next(-23, 16)) : value),
        Precision.Bf16 => StoredFormats.ToBf16(value),
        _ => value,
    };

    private ActivationTable Table(Activation activation, ActivationGrid output)
    {
        var sums = new ActivationGrid(Next(0.01f, 0.1f), 128, 255);
        var codes = Enumerable.Range(0, 256).Select(code =>
        {
            var sum = sums.Decode(code);
            return (byte)output.EncodeSteps((activation == Activation.Sigmoid ? DeterministicMath.Sigmoid(sum) : DeterministicMath.Tanh(sum)) / output.Scale);
        }).ToArray();
        return new ActivationTable(sums, codes);
    }

    private sbyte Code(int top) => (sbyte)(Extreme ? (_random.Next(5) == 0 ? -top : top) : _random.Next(-top, top + 1));

    private float Next(float low, float high) => low + ((high - low) * _random.NextSingle());
}
