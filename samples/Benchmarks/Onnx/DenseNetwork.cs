using Espalier;

namespace Benchmarks.Onnx;

/// <summary>Fully connected layers with ReLU between them, as ONNX Runtime takes them.</summary>
internal sealed record DenseNetwork(IReadOnlyList<DenseNetwork.Layer> Layers)
{
    /// <summary>One layer.</summary>
    /// <param name="Inputs">Numbers that enter.</param>
    /// <param name="Outputs">Numbers that leave.</param>
    /// <param name="Codes">Weight codes by input, then output.</param>
    /// <param name="Scale">What codes are multiplied by.</param>
    /// <param name="Bias">One per output.</param>
    /// <param name="InputScale">The step of the grid that inputs lie on.</param>
    /// <param name="Relu">Whether negative outputs become 0.</param>
    internal sealed record Layer(int Inputs, int Outputs, sbyte[] Codes, float Scale, float[] Bias, float InputScale, bool Relu)
    {
        public float[] Values() => Array.ConvertAll(Codes, code => code * Scale);
    }

    /// <summary>The same network as a compiled one.</summary>
    /// <param name="weights">Integer weights with one scale per layer.</param>
    public static DenseNetwork From(ModelWeights weights) => new([.. weights.Layers.Cast<IntegerLayerWeights>().Select(From)]);

    public int Inputs => Layers[0].Inputs;

    public int Outputs => Layers[^1].Outputs;

    public OnnxGraph NewGraph(int batch) => new(batch, Inputs, Outputs);

    /// <summary>Adds every layer; the name of what the last one gives.</summary>
    /// <param name="graph">Where ReLU goes.</param>
    /// <param name="add">Adds one layer behind a name, without its ReLU; the name of what it gives.</param>
    public string Chain(OnnxGraph graph, Func<Layer, string, string> add)
    {
        var name = OnnxGraph.Input;
        foreach (var layer in Layers)
        {
            name = add(layer, name);
            name = layer.Relu ? graph.Node("Relu", [name]) : name;
        }

        return name;
    }

    private static Layer From(IntegerLayerWeights weights)
    {
        var (inputs, outputs) = (weights.Layer.Inputs, weights.Layer.Outputs);
        var codes = new sbyte[inputs * outputs];
        var inverse = 1 / weights.Scale(0);

        // In squares that fit the cache: otherwise a hundred million writes would each miss it.
        const int Side = 64;
        for (var top = 0; top < outputs; top += Side)
        {
            for (var left = 0; left < inputs; left += Side)
            {
                for (var output = top; output < Math.Min(top + Side, outputs); output++)
                {
                    for (var input = left; input < Math.Min(left + Side, inputs); input++)
                    {
                        codes[(input * outputs) + output] = (sbyte)MathF.Round(weights.Weight(output, input) * inverse);
                    }
                }
            }
        }

        return new Layer(inputs, outputs, codes, weights.Scale(0), weights.Bias.ToArray(), weights.InputGrid.Scale, weights.Layer.Activation == Activation.Relu);
    }
}
