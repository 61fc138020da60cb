using Benchmarks.Onnx;

namespace Benchmarks.Convolutions;

/// <summary>The same convolution as an ONNX model, in fp32 and in int8, as often in a row as ours runs.</summary>
internal static class OnnxConvolutions
{
    public static byte[] Fp32(ConvolutionShape shape, ConvolutionValues values)
    {
        var (graph, map) = NewGraph(shape);
        var weights = graph.Constant(values.Floats, shape.Outputs, shape.GroupChannels, shape.Kernel, shape.Kernel);
        var bias = graph.Constant(new float[shape.Outputs], shape.Outputs);
        for (var copy = 0; copy < shape.Copies; copy++)
        {
            map = graph.Node("Relu", [graph.Convolution([map, weights, bias], shape.Kernel, shape.Stride, shape.Padding, shape.Groups)]);
        }

        return graph.ToModel(Flattened(graph, shape, map));
    }

    /// <summary>Quantize and dequantize pairs, which the optimiser fuses into integer operators.</summary>
    public static byte[] Int8(ConvolutionShape shape, ConvolutionValues values)
    {
        var (graph, map) = NewGraph(shape);
        var codes = graph.Constant(values.Codes, shape.Outputs, shape.GroupChannels, shape.Kernel, shape.Kernel);
        var weights = graph.Node("DequantizeLinear", [codes, graph.Scalar(values.WeightScale), graph.Scalar((sbyte)0)]);
        var scale = ConvolutionValues.InputScale;
        map = Quantized(graph, map, scale);
        for (var copy = 0; copy < shape.Copies; copy++)
        {
            var bias = graph.Node("DequantizeLinear", [graph.Constant(new int[shape.Outputs], shape.Outputs), graph.Scalar(scale * values.WeightScale), graph.Scalar(0)]);
            scale = 8 / 127f;
            map = Quantized(graph, graph.Node("Relu", [graph.Convolution([map, weights, bias], shape.Kernel, shape.Stride, shape.Padding, shape.Groups)]), scale);
        }

        return graph.ToModel(Flattened(graph, shape, map));
    }

    private static string Quantized(OnnxGraph graph, string map, float scale)
    {
        var (grid, zero) = (graph.Scalar(scale), graph.Scalar((byte)0));
        return graph.Node("DequantizeLinear", [graph.Node("QuantizeLinear", [map, grid, zero]), grid, zero]);
    }

    private static (OnnxGraph Graph, string Map) NewGraph(ConvolutionShape shape)
    {
        var graph = new OnnxGraph(1, shape.Channels * shape.Size * shape.Size, shape.Outputs * shape.OutputSize * shape.OutputSize);
        return (graph, graph.Node("Reshape", [OnnxGraph.Input, graph.Constant(new long[] { 1, shape.Channels, shape.Size, shape.Size }, 4)]));
    }

    private static string Flattened(OnnxGraph graph, ConvolutionShape shape, string map) =>
        graph.Node("Reshape", [map, graph.Constant(new long[] { 1, shape.Outputs * shape.OutputSize * shape.OutputSize }, 2)]);
}
