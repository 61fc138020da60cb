using Benchmarks.Onnx;
using Espalier;
using Espalier.Planning;

namespace Zoo.Running;

/// <summary>The same networks as ONNX Runtime takes them: in fp32, and in int8 as quantize and dequantize pairs around every operator, which its optimiser fuses.</summary>
internal abstract class OnnxForms
{
    private readonly ModelWeights _weights;
    private readonly string[] _results;

    protected OnnxForms(ModelWeights weights)
    {
        _weights = weights;
        _results = new string[weights.Layers.Length + 1];
        var shape = weights.Model.InputShape;
        Graph = new OnnxGraph([1, shape.Channels, shape.Height, shape.Width], [1, weights.Model.Outputs]);
    }

    protected OnnxGraph Graph { get; }

    /// <summary>The model in fp32.</summary>
    public static byte[] Fp32(ModelWeights weights) => new Floats(weights).Build();

    /// <summary>The model in int8.</summary>
    /// <param name="weights">Integer weights.</param>
    /// <param name="ranges">The ranges of what has no grid in them.</param>
    public static byte[] Int8(ModelWeights weights, Ranges ranges) => new QuantizedPairs(weights, ranges).Build();

    /// <summary>A constant of weights; its name.</summary>
    protected abstract string Weights(LayerWeights layer, int[] shape);

    /// <summary>A constant of biases; its name.</summary>
    protected abstract string Bias(LayerWeights layer);

    /// <summary>What stands between the operator that gives a tensor and those that take it.</summary>
    protected virtual string Between(int tensor, string name) => name;

    private byte[] Build()
    {
        // (raw − offset) · factor.
        var normalisation = _weights.Normalisation;
        var input = Graph.Node("Mul", [Graph.Node("Sub", [OnnxGraph.Input, Graph.Scalar(normalisation.Offset)]), Graph.Scalar(normalisation.Factor)]);
        _results[0] = Between(-1, input);
        for (var i = 0; i < _weights.Layers.Length; i++)
        {
            var layer = _weights.Model.Layers[i];
            var name = Operator(layer, _weights.Layers[i], [.. _weights.Model.SourcesOf(i).Select(source => _results[source + 1])]);
            name = layer.Activation == Activation.Relu ? Graph.Node("Relu", [name]) : name;
            _results[i + 1] = i + 1 < _weights.Layers.Length ? Between(i, name) : name;
        }

        return Graph.ToModel(Graph.Node("Flatten", [_results[^1]]));
    }

    private string Operator(LayerDescription layer, LayerWeights weights, string[] sources)
    {
        var arguments = layer.Arguments;
        switch (LayerKinds.Find(layer.Kind))
        {
            case Conv2DKind:
                return Graph.Node(
                    "Conv",
                    [sources[0], Weights(weights, [arguments[1], arguments[0] / arguments[10], arguments[2], arguments[3]]), Bias(weights)],
                    [
                        OnnxGraph.Attribute("kernel_shape", arguments[2], arguments[3]), OnnxGraph.Attribute("strides", arguments[4], arguments[5]),
                        OnnxGraph.Attribute("pads", arguments[6], arguments[7], arguments[6], arguments[7]), OnnxGraph.Attribute("dilations", arguments[8], arguments[9]),
                        OnnxGraph.Number("group", arguments[10]),
                    ]);
            case DenseKind:
                return Graph.Node("Gemm", [Graph.Node("Flatten", [sources[0]]), Weights(weights, [layer.Outputs, layer.Inputs]), Bias(weights)], [OnnxGraph.Number("transB", 1)]);
            case MaxPoolKind:
                return Graph.Node("MaxPool", [sources[0]], [.. Window(arguments)]);
            case AveragePoolKind:
                return Graph.Node("AveragePool", [sources[0]], [.. Window(arguments), OnnxGraph.Number("count_include_pad", arguments[7])]);
            case GlobalAveragePoolKind:
                return Graph.Node("GlobalAveragePool", [sources[0]]);
            case LocalResponseNormKind:
                return Graph.Node("LRN", [sources[0]], [OnnxGraph.Number("size", arguments[0]), OnnxGraph.Number("alpha", layer.Numbers[0]), OnnxGraph.Number("beta", layer.Numbers[1]), OnnxGraph.Number("bias", layer.Numbers[2])]);
            case AddKind:
                return sources.Aggregate((sum, next) => Graph.Node("Add", [sum, next]));
            case ConcatKind:
                return Graph.Node("Concat", sources, [OnnxGraph.Number("axis", 1)]);
            default:
                throw new NotSupportedException($"No operator for {layer.Kind}.");
        }
    }

    private static ProtoMessage[] Window(IReadOnlyList<int> arguments) =>
    [
        OnnxGraph.Attribute("kernel_shape", arguments[0], arguments[1]), OnnxGraph.Attribute("strides", arguments[2], arguments[3]),
        OnnxGraph.Attribute("pads", arguments[4], arguments[5], arguments[4], arguments[5]), OnnxGraph.Number("ceil_mode", arguments[6]),
    ];

    private sealed class Floats(ModelWeights weights) : OnnxForms(weights)
    {
        protected override string Weights(LayerWeights layer, int[] shape) => Graph.Constant(((FloatLayerWeights)layer).Values, shape);

        protected override string Bias(LayerWeights layer) => Graph.Constant(layer.Bias.ToArray(), layer.Bias.Length);
    }

    private sealed class QuantizedPairs(ModelWeights weights, Ranges ranges) : OnnxForms(weights)
    {
        protected override string Weights(LayerWeights layer, int[] shape)
        {
            var integer = (IntegerLayerWeights)layer;
            var rows = shape[0];
            return Graph.Node(
                "DequantizeLinear",
                [Graph.Constant(integer.Codes, shape), Graph.Constant([.. Enumerable.Range(0, rows).Select(integer.Scale)], rows), Graph.Constant(new sbyte[rows], rows)],
                [OnnxGraph.Number("axis", 0)]);
        }

        protected override string Bias(LayerWeights layer)
        {
            var integer = (IntegerLayerWeights)layer;
            var steps = Enumerable.Range(0, layer.Bias.Length).Select(row => integer.InputGrid.Scale * integer.Scale(row)).ToArray();
            var codes = steps.Select((step, row) => (int)MathF.Round(integer.Bias[row] / step)).ToArray();
            return Graph.Node(
                "DequantizeLinear", [Graph.Constant(codes, codes.Length), Graph.Constant(steps, steps.Length), Graph.Constant(new int[codes.Length], codes.Length)], [OnnxGraph.Number("axis", 0)]);
        }

        /// <summary>Our own grid; what has none, as sums before an addition, gets one of all 256 codes.</summary>
        protected override string Between(int tensor, string name)
        {
            var grid = _weights.GridOf(tensor) ?? Ranges.Grid([ranges[tensor]], byte.MaxValue);
            var (scale, zero) = (Graph.Scalar(grid.Scale), Graph.Scalar((byte)grid.ZeroPoint));
            return Graph.Node("DequantizeLinear", [Graph.Node("QuantizeLinear", [name, scale, zero]), scale, zero]);
        }
    }
}
