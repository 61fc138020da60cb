using Espalier;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks.Torch;

/// <summary>One layer as a user of TorchSharp has it: dense fp32, and compressed sparse rows with 32-bit indices.</summary>
internal sealed class TorchLayer : IDisposable
{
    // TorchSharp has no constructor of such tensors, but TorchScript has. Indices of 32 bits are what the fast products take.
    private const string Script = """
        def compress(dense):
            rows = dense.to_sparse_csr()
            return torch.sparse_csr_tensor(rows.crow_indices().to(torch.int32), rows.col_indices().to(torch.int32), rows.values(), [dense.size(0), dense.size(1)])
        """;

    private readonly Tensor _input;
    private readonly Tensor _bias;
    private readonly Tensor _dense;
    private readonly Tensor _rows;

    public TorchLayer(LayerWeights weights, float[] input)
    {
        var (inputs, outputs) = (weights.Layer.Inputs, weights.Layer.Outputs);
        var values = new float[(long)inputs * outputs];
        for (var output = 0; output < outputs; output++)
        {
            for (var i = 0; i < inputs; i++)
            {
                values[((long)output * inputs) + i] = weights.Weight(output, i);
            }
        }

        _input = tensor(input);
        _bias = tensor(weights.Bias.ToArray());
        _dense = tensor(values, outputs, inputs);
        using var unit = jit.compile(Script);
        _rows = unit.invoke<Tensor>("compress", _dense);
    }

    public void Dense() => Product(_dense).Dispose();

    public void Rows() => Product(_rows).Dispose();

    /// <summary>The largest difference between both forms and the right answers.</summary>
    public float Error(ReadOnlySpan<float> expected)
    {
        using var dense = Product(_dense);
        using var rows = Product(_rows);
        var (first, second) = (dense.data<float>().ToArray(), rows.data<float>().ToArray());
        var error = 0f;
        for (var i = 0; i < expected.Length; i++)
        {
            error = MathF.Max(error, MathF.Max(MathF.Abs(first[i] - expected[i]), MathF.Abs(second[i] - expected[i])));
        }

        return error;
    }

    public void Dispose()
    {
        _input.Dispose();
        _bias.Dispose();
        _dense.Dispose();
        _rows.Dispose();
    }

    private Tensor Product(Tensor matrix)
    {
        using var product = matrix.mv(_input);
        return product.add(_bias);
    }
}
