using System;
using System.Numerics;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>A fully connected layer while it is trained. Weights lie as [inputs][padded outputs]: the forward product reads them as they are.</summary>
internal sealed class DenseTraining : LayerTraining
{
    private readonly AlignedMemory _weightMemory;
    private readonly AlignedMemory _weightGradientMemory;
    private readonly AlignedMemory _transposedMemory;
    private readonly float[] _bias;
    private readonly float[] _biasGradient;
    private readonly float[] _zeros;
    private readonly NonzeroLists _inputNonzeros;
    private readonly NonzeroLists _inputNonzerosTransposed;
    private readonly NonzeroLists _gradientNonzeros;
    private readonly ParameterSteps _weightSteps;
    private readonly ParameterSteps _biasSteps;
    private readonly WeightConstraints _constraints;
    private readonly RandomNumbers _random;
    private readonly WeightGrid? _grid;

    public DenseTraining(LayerDescription layer, int batch, Optimizer optimizer, RandomNumbers random)
        : base(layer)
    {
        _weightMemory = new AlignedMemory(checked(layer.Inputs * OutputStride * sizeof(float)));
        _weightGradientMemory = new AlignedMemory(_weightMemory.Length);
        _transposedMemory = new AlignedMemory(checked(layer.Outputs * InputStride * sizeof(float)));
        _zeros = new float[OutputStride + InputStride];
        _inputNonzeros = new NonzeroLists(batch, layer.Inputs);
        _inputNonzerosTransposed = new NonzeroLists(layer.Inputs, batch);
        _gradientNonzeros = new NonzeroLists(batch, layer.Outputs);
        _bias = new float[OutputStride];
        _biasGradient = new float[OutputStride];
        _weightSteps = optimizer.For(layer.Inputs * OutputStride);
        _biasSteps = optimizer.For(OutputStride);
        _constraints = new WeightConstraints(_weightMemory, optimizer);
        _random = random;

        // He's bound for ReLU, Glorot's otherwise: the variance of what leaves equals that of what enters.
        var bound = MathF.Sqrt(layer.Activation == Activation.Relu ? 6f / layer.Inputs : 6f / (layer.Inputs + layer.Outputs));
        var weights = Weights;
        for (var i = 0; i < layer.Inputs; i++)
        {
            for (var o = 0; o < layer.Outputs; o++)
            {
                weights[(i * OutputStride) + o] = random.Uniform(-bound, bound);
            }
        }

        if (!layer.Quantization.MasterWeights && layer.Quantization.WeightTop > 0)
        {
            // No full-precision copy: weights live on their grid, which spans four times the range they start from.
            _grid = new WeightGrid(4 * bound / layer.Quantization.WeightTop, layer.Quantization.WeightTop);
            _grid.Value.Round(weights, Rounding.Nearest, random);
        }
    }

    public override WeightConstraints Constraints => _constraints;

    public override Span<float> Parameters => Weights;

    public override bool IsFinite => FiniteNumbers.All(Weights) && FiniteNumbers.All(_bias);

    public override float[] CopyWeights()
    {
        var copy = new float[Layer.Outputs * Layer.Inputs];
        Transposition.Floats(Weights, Layer.Inputs, Layer.Outputs, OutputStride, copy, Layer.Inputs);
        return copy;
    }

    public override float[] CopyBias() => Layer.Bias ? _bias[..Layer.Outputs] : [];

    public override void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums)
    {
        _inputNonzeros.Read(input, batch, Layer.Inputs, InputStride);
        if (SparseProduct.Pays(_inputNonzeros, OutputStride))
        {
            Products.Sparse(_inputNonzeros, OutputStride, Weights, _bias, sums);
        }
        else
        {
            Products.Dense(batch, Layer.Inputs, OutputStride, input, InputStride, 1, Weights, _bias, sums);
        }
    }

    public override void Backward(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        // dW = Xᵀ·dY: for the dense product the transpose is a matter of strides.
        if (SparseProduct.PaysTransposed(_inputNonzeros, OutputStride))
        {
            _inputNonzerosTransposed.ReadTransposed(_inputNonzeros);
            Products.Sparse(_inputNonzerosTransposed, OutputStride, sumsGradient, _zeros, WeightGradient);
        }
        else
        {
            Products.Dense(Layer.Inputs, batch, OutputStride, input, 1, InputStride, sumsGradient, default, WeightGradient);
        }

        SumRows(sumsGradient[..(batch * OutputStride)], _biasGradient);
        if (!inputGradient.IsEmpty)
        {
            InputGradient(batch, sumsGradient, inputGradient);
        }
    }

    public override void Update(float rate, float decay, float lossScaling)
    {
        var weights = Weights;
        var weightGradient = WeightGradient;
        if (lossScaling != 1)
        {
            Scale(weightGradient, 1 / lossScaling);
            Scale(_biasGradient, 1 / lossScaling);
        }

        if (_constraints.IsShared)
        {
            _constraints.StepCentroids(weightGradient, rate);
        }
        else
        {
            if (decay > 0)
            {
                Scale(weights, 1 - (rate * decay));
            }

            _weightSteps.Step(weights, weightGradient, rate);
            _grid?.Round(weights, Layer.Quantization.Rounding, _random);
        }

        _constraints.Apply();
        if (Layer.Bias)
        {
            _biasSteps.Step(_bias, _biasGradient, rate);
        }
    }

    public override void Visit(StateStream state)
    {
        state.Numbers(Weights);
        state.Numbers<float>(_bias);
        _weightSteps.Visit(state);
        _biasSteps.Visit(state);
        _constraints.Visit(state);
    }

    public override void VisitParameters(StateStream state)
    {
        state.Numbers(Weights);
        state.Numbers<float>(_bias);
        _constraints.VisitCentroids(state);
    }

    private Span<float> Weights => _weightMemory.As<float>();

    /// <summary>Of the last backward pass, in the order of the weights.</summary>
    internal ReadOnlySpan<float> WeightGradients => WeightGradient;

    private Span<float> WeightGradient => _weightGradientMemory.As<float>();

    /// <summary>dX = dY·Wᵀ; where ReLU stopped a sum, dY is 0.</summary>
    private void InputGradient(int batch, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        var transposed = _transposedMemory.As<float>();
        Transposition.Floats(Weights, Layer.Inputs, Layer.Outputs, OutputStride, transposed, InputStride);
        _gradientNonzeros.Read(sumsGradient, batch, Layer.Outputs, OutputStride);
        if (SparseProduct.Pays(_gradientNonzeros, InputStride))
        {
            Products.Sparse(_gradientNonzeros, InputStride, transposed, _zeros, inputGradient);
        }
        else
        {
            Products.Dense(batch, Layer.Outputs, InputStride, sumsGradient, OutputStride, 1, transposed, default, inputGradient);
        }
    }

    private static void SumRows(ReadOnlySpan<float> rows, Span<float> sums)
    {
        sums.Clear();
        for (; !rows.IsEmpty; rows = rows[sums.Length..])
        {
            // Rows are whole cache lines, so there is no rest.
            for (var o = 0; o < sums.Length; o += Vector<float>.Count)
            {
                (new Vector<float>(sums[o..]) + new Vector<float>(rows[o..])).CopyTo(sums[o..]);
            }
        }
    }

    private static void Scale(Span<float> values, float factor)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(values[i..]) * factor).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
