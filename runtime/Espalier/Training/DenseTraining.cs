using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>A fully connected layer while it is trained. Weights lie as [inputs][padded outputs]: the forward product reads them as they are.</summary>
internal sealed class DenseTraining : LayerTraining
{
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly float[] _weightGradient;
    private readonly float[] _biasGradient;
    private readonly float[] _transposed;
    private readonly ParameterSteps _weightSteps;
    private readonly ParameterSteps _biasSteps;
    private readonly WeightConstraints _constraints;
    private readonly RandomNumbers _random;
    private readonly WeightGrid? _grid;

    public DenseTraining(LayerDescription layer, Optimizer optimizer, RandomNumbers random)
        : base(layer)
    {
        _weights = new float[layer.Inputs * OutputStride];
        _weightGradient = new float[_weights.Length];
        _transposed = new float[layer.Outputs * InputStride];
        _bias = new float[OutputStride];
        _biasGradient = new float[OutputStride];
        _weightSteps = optimizer.For(_weights.Length);
        _biasSteps = optimizer.For(OutputStride);
        _constraints = new WeightConstraints(_weights, optimizer);
        _random = random;

        // He's bound for ReLU, Glorot's otherwise: the variance of what leaves equals that of what enters.
        var bound = MathF.Sqrt(layer.Activation == Activation.Relu ? 6f / layer.Inputs : 6f / (layer.Inputs + layer.Outputs));
        for (var i = 0; i < layer.Inputs; i++)
        {
            for (var o = 0; o < layer.Outputs; o++)
            {
                _weights[(i * OutputStride) + o] = random.Uniform(-bound, bound);
            }
        }

        if (!layer.Quantization.MasterWeights && layer.Quantization.WeightTop > 0)
        {
            // No full-precision copy: weights live on their grid, which spans four times the range they start from.
            _grid = new WeightGrid(4 * bound / layer.Quantization.WeightTop, layer.Quantization.WeightTop);
            _grid.Value.Round(_weights, Rounding.Nearest, random);
        }
    }

    public override WeightConstraints Constraints => _constraints;

    public override bool IsFinite => Array.TrueForAll(_weights, float.IsFinite) && Array.TrueForAll(_bias, float.IsFinite);

    public override float[] CopyWeights()
    {
        var copy = new float[Layer.Outputs * Layer.Inputs];
        for (var o = 0; o < Layer.Outputs; o++)
        {
            for (var i = 0; i < Layer.Inputs; i++)
            {
                copy[(o * Layer.Inputs) + i] = _weights[(i * OutputStride) + o];
            }
        }

        return copy;
    }

    public override float[] CopyBias() => Layer.Bias ? _bias[..Layer.Outputs] : [];

    public override void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums) =>
        MatrixProduct.Run(batch, Layer.Inputs, OutputStride, input, InputStride, 1, _weights, _bias, sums);

    public override void Backward(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        // dW = Xᵀ·dY: the transpose is a matter of strides.
        MatrixProduct.Run(Layer.Inputs, batch, OutputStride, input, 1, InputStride, sumsGradient, default, _weightGradient);
        Array.Clear(_biasGradient);
        for (var row = 0; row < batch; row++)
        {
            for (var o = 0; o < Layer.Outputs; o++)
            {
                _biasGradient[o] += sumsGradient[(row * OutputStride) + o];
            }
        }

        if (inputGradient.IsEmpty)
        {
            return;
        }

        // dX = dY·Wᵀ.
        for (var i = 0; i < Layer.Inputs; i++)
        {
            for (var o = 0; o < Layer.Outputs; o++)
            {
                _transposed[(o * InputStride) + i] = _weights[(i * OutputStride) + o];
            }
        }

        MatrixProduct.Run(batch, Layer.Outputs, InputStride, sumsGradient, OutputStride, 1, _transposed, default, inputGradient);
    }

    public override void Update(float rate, float decay, float lossScaling)
    {
        if (lossScaling != 1)
        {
            Scale(_weightGradient, 1 / lossScaling);
            Scale(_biasGradient, 1 / lossScaling);
        }

        if (_constraints.IsShared)
        {
            _constraints.StepCentroids(_weightGradient, rate);
        }
        else
        {
            if (decay > 0)
            {
                Scale(_weights, 1 - (rate * decay));
            }

            _weightSteps.Step(_weights, _weightGradient, rate);
            _grid?.Round(_weights, Layer.Quantization.Rounding, _random);
        }

        _constraints.Apply();
        if (Layer.Bias)
        {
            _biasSteps.Step(_bias, _biasGradient, rate);
        }
    }

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }
}
