using System.Collections.Immutable;
using Espalier.Numerics;
using Espalier.Planning;

namespace Espalier.Integration.Tests.Images;

/// <summary>Random weights for networks of images, scaled so that numbers keep their size from layer to layer: codes that all lie at the ends of their grids would hide faults.</summary>
internal sealed class GraphWeights(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>The share of nonzeros.</summary>
    public double Density { get; init; } = 1;

    /// <summary>Puts every weight at the end of its grid, where 16-bit sums are most likely to overflow.</summary>
    public bool Extreme { get; init; }

    public ModelWeights For(ModelDescription model)
    {
        var forms = model.ToForms();
        var grids = forms.GroupTops.Select(top => Grid(top)).ToArray();
        var layers = model.Layers.Select((layer, i) => For(layer, i, forms, grids)).ToImmutableArray();
        return new ModelWeights(model, new Normalisation(Next(-1, 1), Next(0.5f, 2)), layers);
    }

    /// <summary>Ordinary inputs.</summary>
    public float[] Inputs(int count) => [.. Enumerable.Range(0, count).Select(_ => Next(-3, 3))];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private LayerWeights For(LayerDescription layer, int place, TensorForms forms, ActivationGrid[] grids)
    {
        var group = forms.GridGroup(forms.AdditionOf(place) ?? place);
        ActivationGrid? output = group >= 0 ? grids[group] : null;
        if (!layer.HasWeights)
        {
            return new WeightlessLayerWeights(layer, layer.Kind == LayerKinds.Addition ? output : null);
        }

        var (rows, columns) = (layer.WeightRows, layer.WeightColumns);
        var bias = Enumerable.Range(0, layer.Bias ? rows : 0).Select(_ => Next(-0.2f, 0.2f)).ToArray();
        var spread = 1.5f / MathF.Sqrt(columns * (float)Density);
        if (!layer.IsInteger)
        {
            return new FloatLayerWeights(layer, [.. Enumerable.Range(0, rows * columns).Select(_ => Kept() ? Next(-spread, spread) : 0)], bias);
        }

        var top = layer.Quantization.WeightTop;
        var codes = Enumerable.Range(0, rows * columns).Select(_ => !Kept() ? (sbyte)0 : Extreme ? (sbyte)(_random.Next(5) == 0 ? -top : top) : (sbyte)_random.Next(-top, top + 1)).ToArray();
        var scales = Enumerable.Range(0, layer.Quantization.PerChannel ? rows : 1).Select(_ => spread / top * Next(0.7f, 1.4f)).ToArray();
        var source = forms.GridGroup(forms.Graph.SourcesOf(place)[0]);
        var input = source >= 0 ? grids[source] : Grid(layer.Quantization.InputTop);
        var table = output is { } grid && layer.Activation is Activation.Sigmoid or Activation.Tanh ? Table(layer.Activation, output!.Value) : null;
        return new IntegerLayerWeights(layer, codes, scales, bias, input, output, table);
    }

    private ActivationGrid Grid(int top) => new(Next(2f, 4f) / top, (ushort)_random.Next(top * 3 / 4), (ushort)top);

    private ActivationTable Table(Activation activation, ActivationGrid output)
    {
        var sums = new ActivationGrid(Next(0.02f, 0.05f), 128, 255);
        return new ActivationTable(sums, [.. Enumerable.Range(0, 256).Select(code =>
        {
            var sum = sums.Decode(code);
            return (byte)output.EncodeSteps((activation == Activation.Sigmoid ? DeterministicMath.Sigmoid(sum) : DeterministicMath.Tanh(sum)) / output.Scale);
        })]);
    }

    private bool Kept() => _random.NextDouble() < Density;

    private float Next(float low, float high) => low + ((high - low) * _random.NextSingle());
}
