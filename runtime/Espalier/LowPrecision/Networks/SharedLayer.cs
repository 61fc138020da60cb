using System;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// A fully connected layer that threads train together. Weights lie as [inputs][padded outputs] in the model's precision; biases, one for hundreds of weights, stay in
/// fp32, as sums do.
/// </summary>
internal sealed class SharedLayer
{
    public SharedLayer(LayerDescription layer, NumberWidth width, float rangeFactor, RandomNumbers random)
    {
        Layer = layer;
        (InputStride, OutputStride) = (MatrixProduct.Padded(layer.Inputs), MatrixProduct.Padded(layer.Outputs));

        // He's bound for ReLU, Glorot's otherwise, as when a layer is trained alone.
        var bound = MathF.Sqrt(layer.Activation == Activation.Relu ? 6f / layer.Inputs : 6f / (layer.Inputs + layer.Outputs));
        Weights = StoredNumbers.Create(width, checked(layer.Inputs * OutputStride), rangeFactor * bound);
        Bias = new FloatNumbers(OutputStride);
        var row = new float[layer.Outputs];
        for (var i = 0; i < layer.Inputs; i++)
        {
            foreach (ref var weight in row.AsSpan())
            {
                weight = random.Uniform(-bound, bound);
            }

            Weights.Encode(i * OutputStride, row);
        }
    }

    public LayerDescription Layer { get; }

    public int InputStride { get; }

    public int OutputStride { get; }

    public StoredNumbers Weights { get; }

    public FloatNumbers Bias { get; }

    /// <summary>The weights as floats, by output, then input.</summary>
    public float[] CopyWeights()
    {
        var values = new float[Weights.Length];
        Weights.Decode(0, values);
        var copy = new float[Layer.Outputs * Layer.Inputs];
        Transposition.Floats(values, Layer.Inputs, Layer.Outputs, OutputStride, copy, Layer.Inputs);
        return copy;
    }

    public float[] CopyBias()
    {
        var values = new float[Layer.Outputs];
        Bias.Decode(0, values);
        return Layer.Bias ? values : [];
    }
}
