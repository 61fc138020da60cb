namespace Benchmarks.Onnx;

/// <summary>The forms in which ONNX Runtime is given a network: all compute the same numbers, as far as their precisions allow.</summary>
internal static class OnnxNetworks
{
    public static byte[] Fp32(DenseNetwork network, int batch)
    {
        var graph = network.NewGraph(batch);
        return graph.ToModel(network.Chain(graph, (layer, input) =>
            graph.Node("Gemm", [input, graph.Constant(layer.Values(), layer.Inputs, layer.Outputs), graph.Constant(layer.Bias, layer.Outputs)])));
    }

    /// <summary>Int8 with known activation ranges: quantize and dequantize pairs, which the optimiser fuses into integer operators.</summary>
    public static byte[] StaticInt8(DenseNetwork network, int batch)
    {
        var graph = network.NewGraph(batch);
        return graph.ToModel(network.Chain(graph, (layer, input) =>
        {
            var (grid, zero) = (graph.Scalar(layer.InputScale), graph.Scalar((byte)0));
            var codes = graph.Node("QuantizeLinear", [input, grid, zero]);
            var values = graph.Node("DequantizeLinear", [codes, grid, zero]);
            var weights = graph.Node("DequantizeLinear", [graph.Constant(layer.Codes, layer.Inputs, layer.Outputs), graph.Scalar(layer.Scale), graph.Scalar((sbyte)0)]);
            var step = layer.InputScale * layer.Scale;
            var sums = layer.Bias.Select(value => (int)MathF.Round(value / step)).ToArray();
            var bias = graph.Node("DequantizeLinear", [graph.Constant(sums, layer.Outputs), graph.Scalar(step), graph.Scalar(0)]);
            return graph.Node("Gemm", [values, weights, bias]);
        }));
    }

    /// <summary>Int8 with activation ranges taken from each input.</summary>
    public static byte[] DynamicInt8(DenseNetwork network, int batch)
    {
        var graph = network.NewGraph(batch);
        return graph.ToModel(network.Chain(graph, (layer, input) =>
        {
            var quantized = graph.Nodes("DynamicQuantizeLinear", [input], 3);
            var weights = graph.Constant(layer.Codes, layer.Inputs, layer.Outputs);
            var sums = graph.Node("MatMulInteger", [quantized[0], weights, quantized[2], graph.Scalar((sbyte)0)]);
            var scale = graph.Node("Mul", [quantized[1], graph.Scalar(layer.Scale)]);
            var product = graph.Node("Mul", [graph.Node("Cast", [sums], ("to", 1)), scale]);
            return graph.Node("Add", [product, graph.Constant(layer.Bias, layer.Outputs)]);
        }));
    }

    /// <summary>4-bit weights in blocks of 32 with a scale each, computed with in int8 (accuracy level 4, the fastest).</summary>
    public static byte[] Int4(DenseNetwork network, int batch)
    {
        var graph = network.NewGraph(batch);
        return graph.ToModel(network.Chain(graph, (layer, input) =>
        {
            var blocks = FourBitBlocks.From(layer);
            var weights = graph.Constant(blocks.Nibbles, layer.Outputs, blocks.PerRow, FourBitBlocks.Length / 2);
            var scales = graph.Constant(blocks.Scales, blocks.Scales.Length);
            var product = graph.Nodes(
                "MatMulNBits", [input, weights, scales], 1, "com.microsoft",
                ("K", layer.Inputs), ("N", layer.Outputs), ("bits", 4), ("block_size", FourBitBlocks.Length), ("accuracy_level", 4))[0];
            return graph.Node("Add", [product, graph.Constant(layer.Bias, layer.Outputs)]);
        }));
    }

    /// <summary>Next to nothing: what a call costs before any work is done.</summary>
    public static byte[] Nothing()
    {
        var graph = new OnnxGraph(1, 1, 1);
        return graph.ToModel(graph.Node("Relu", [OnnxGraph.Input]));
    }
}
