using System;
using System.Numerics;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>One thread's buffers for a layer that threads share, and its three products.</summary>
/// <param name="shared">The layer.</param>
/// <param name="batch">The most samples of a batch.</param>
internal sealed class LayerWorker(SharedLayer shared, int batch)
{
    private readonly AlignedMemory _weights = new(checked(shared.Weights.Length * sizeof(float)));
    private readonly AlignedMemory _weightGradient = new(checked(shared.Weights.Length * sizeof(float)));
    private readonly AlignedMemory _transposed = new(checked(shared.Layer.Outputs * shared.InputStride * sizeof(float)));
    private readonly AlignedMemory _outputs = new(checked(batch * shared.OutputStride * sizeof(float)));
    private readonly AlignedMemory _outputGradient = new(checked(batch * shared.OutputStride * sizeof(float)));
    private readonly float[] _bias = new float[shared.OutputStride];
    private readonly float[] _biasGradient = new float[shared.OutputStride];
    private readonly float[] _zeros = new float[shared.OutputStride + shared.InputStride];
    private readonly NonzeroLists _inputNonzeros = new(batch, shared.Layer.Inputs);
    private readonly NonzeroLists _inputNonzerosTransposed = new(shared.Layer.Inputs, batch);
    private readonly NonzeroLists _gradientNonzeros = new(batch, shared.Layer.Outputs);

    public SharedLayer Shared => shared;

    /// <summary>What left the layer; the sums before a softmax, which is that of the loss.</summary>
    public Span<float> Outputs => _outputs.As<float>();

    /// <summary>The gradient with respect to the outputs, and after <see cref="Backward"/> to the sums.</summary>
    public Span<float> OutputGradient => _outputGradient.As<float>();

    /// <summary>Weights are read once for a batch: what other threads write later counts for the next.</summary>
    public void Forward(int rows, ReadOnlySpan<float> input)
    {
        var layer = shared.Layer;
        var weights = shared.Weights.View(_weights.As<float>());
        var outputs = Outputs;
        shared.Bias.Decode(0, _bias);
        _inputNonzeros.Read(input, rows, layer.Inputs, shared.InputStride, SparseProduct.MostNonzeros);
        if (SparseProduct.Pays(_inputNonzeros, shared.OutputStride))
        {
            SparseProduct.Run(_inputNonzeros, shared.OutputStride, weights, _bias, outputs);
        }
        else
        {
            MatrixProduct.Run(rows, layer.Inputs, shared.OutputStride, input, shared.InputStride, 1, weights, _bias, outputs);
        }

        if (layer.Activation == Activation.Relu)
        {
            Rectify(outputs[..(rows * shared.OutputStride)]);
        }
        else if (layer.Activation is not (Activation.None or Activation.Softmax))
        {
            for (var row = 0; row < rows; row++)
            {
                Activations.Apply(layer.Activation, outputs.Slice(row * shared.OutputStride, layer.Outputs));
            }
        }
    }

    /// <summary>Gradients of weights and biases, and of the inputs unless <paramref name="inputGradient"/> is empty.</summary>
    public void Backward(int rows, ReadOnlySpan<float> input, Span<float> inputGradient)
    {
        var layer = shared.Layer;
        var gradient = OutputGradient[..(rows * shared.OutputStride)];
        if (layer.Activation is not (Activation.None or Activation.Softmax))
        {
            ActivationGradients.Apply(layer.Activation, Outputs[..gradient.Length], gradient);
        }

        if (SparseProduct.PaysTransposed(_inputNonzeros, shared.OutputStride))
        {
            _inputNonzerosTransposed.ReadTransposed(_inputNonzeros);
            SparseProduct.Run(_inputNonzerosTransposed, shared.OutputStride, gradient, _zeros, _weightGradient.As<float>());
        }
        else
        {
            MatrixProduct.Run(layer.Inputs, rows, shared.OutputStride, input, 1, shared.InputStride, gradient, default, _weightGradient.As<float>());
        }

        ColumnSums.Run(gradient, _biasGradient);
        if (!inputGradient.IsEmpty)
        {
            InputGradient(rows, gradient, inputGradient);
        }
    }

    /// <summary>Adds this thread's step to the weights as they are by now.</summary>
    public void Update(float rate, Rounding rounding, RandomLanes random)
    {
        shared.Weights.Add(_weightGradient.As<float>(), -rate, rounding, random);
        if (shared.Layer.Bias)
        {
            shared.Bias.Add(_biasGradient, -rate, rounding, random);
        }
    }

    private void InputGradient(int rows, ReadOnlySpan<float> gradient, Span<float> inputGradient)
    {
        var layer = shared.Layer;
        var transposed = _transposed.As<float>();
        Transposition.Floats(shared.Weights.View(_weights.As<float>()), layer.Inputs, layer.Outputs, shared.OutputStride, transposed, shared.InputStride);
        _gradientNonzeros.Read(gradient, rows, layer.Outputs, shared.OutputStride, SparseProduct.MostNonzeros);
        if (SparseProduct.Pays(_gradientNonzeros, shared.InputStride))
        {
            SparseProduct.Run(_gradientNonzeros, shared.InputStride, transposed, _zeros, inputGradient);
        }
        else
        {
            MatrixProduct.Run(rows, layer.Outputs, shared.InputStride, gradient, shared.OutputStride, 1, transposed, default, inputGradient);
        }
    }

    private static void Rectify(Span<float> values)
    {
        for (var i = 0; i < values.Length; i += Vector<float>.Count)
        {
            var value = new Vector<float>(values[i..]);
            Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), value, Vector<float>.Zero).CopyTo(values[i..]);
        }
    }
}
