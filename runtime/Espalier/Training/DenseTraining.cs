using System;
using System.Numerics;
using Espalier.Kernels;
using Espalier.Numerics;
using Espalier.Planning;

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
    private readonly WeightPoints? _points;
    private readonly FormatRole? _rounded;
    private readonly AlignedMemory _productMemory;
    private UpdateCounts _counts;

    public DenseTraining(LayerDescription layer, int batch, Optimizer optimizer, RandomNumbers random, LowPrecisionSettings settings)
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

        var bound = FirstWeights.Bound(layer.Activation == Activation.Relu, layer.Inputs, layer.Outputs);
        var weights = Weights;
        for (var i = 0; i < layer.Inputs; i++)
        {
            for (var o = 0; o < layer.Outputs; o++)
            {
                weights[(i * OutputStride) + o] = random.Uniform(-bound, bound);
            }
        }

        Roles = new LayerRoles(layer, settings.Draw, random);
        _points = WeightPointKinds.For(layer, weights.Length, FirstWeights.Reach((NumberFormat)layer.Quantization.Weights, bound, settings.WeightRange), settings.Draw, random);
        _points?.Place(weights, random);

        // Master weights stay in fp32 beside the 16-bit copy that products read (Micikevicius et al., 2018).
        _rounded = _points is null && layer.Quantization.Weights is Precision.Fp16 or Precision.Bf16 ? new FormatRole(layer.Quantization.Weights) : null;
        _productMemory = _rounded is null ? _weightMemory : new AlignedMemory(_weightMemory.Length);
    }

    public override LayerRoles Roles { get; }

    public override float? WeightStep => _points?.Step;

    public override WeightConstraints Constraints => _constraints;

    public override Span<float> Biases => _bias;

    public override Span<float> Parameters => Weights;

    public override bool IsFinite => FiniteNumbers.All(Weights) && FiniteNumbers.All(_bias);

    public override bool GradientsAreFinite => FiniteNumbers.All(WeightGradient) && FiniteNumbers.All(_biasGradient);

    public override UpdateCounts TakeUpdateCounts()
    {
        var counts = _counts;
        _counts = default;
        return counts;
    }

    public override float[] CopyWeights()
    {
        var copy = new float[Layer.Outputs * Layer.Inputs];
        Transposition.Floats(Weights, Layer.Inputs, Layer.Outputs, OutputStride, copy, Layer.Inputs);
        return copy;
    }

    public override float[] CopyBias() => Layer.Bias ? _bias[..Layer.Outputs] : [];

    public override void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums)
    {
        if (_rounded is not null)
        {
            Weights.CopyTo(ProductWeights);
            _rounded.Round(ProductWeights);
        }

        if (RoundedProduct.Takes(Sums))
        {
            RoundedProduct.Run(Sums, batch, Layer.Inputs, OutputStride, input, InputStride, 1, ProductWeights, _bias, sums);
            return;
        }

        _inputNonzeros.Read(input, batch, Layer.Inputs, InputStride, SparseProduct.MostNonzeros);
        if (SparseProduct.Pays(_inputNonzeros, OutputStride))
        {
            Products.Sparse(_inputNonzeros, OutputStride, ProductWeights, _bias, sums);
        }
        else
        {
            Products.Dense(batch, Layer.Inputs, OutputStride, input, InputStride, 1, ProductWeights, _bias, sums);
        }
    }

    public override void Backward(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        // dW = Xᵀ·dY: for the dense product the transpose is a matter of strides.
        if (RoundedProduct.Takes(Sums))
        {
            RoundedProduct.Run(Sums, Layer.Inputs, batch, OutputStride, input, 1, InputStride, sumsGradient, default, WeightGradient);
        }
        else if (SparseProduct.PaysTransposed(_inputNonzeros, OutputStride))
        {
            _inputNonzerosTransposed.ReadTransposed(_inputNonzeros);
            Products.Sparse(_inputNonzerosTransposed, OutputStride, sumsGradient, _zeros, WeightGradient);
        }
        else
        {
            Products.Dense(Layer.Inputs, batch, OutputStride, input, 1, InputStride, sumsGradient, default, WeightGradient);
        }

        ColumnSums.Run(sumsGradient[..(batch * OutputStride)], _biasGradient);
        Roles.RoundGradients(WeightGradient);
        Roles.RoundGradients(_biasGradient);
        if (!inputGradient.IsEmpty)
        {
            InputGradient(batch, sumsGradient, inputGradient);
        }
    }

    public override void Update(float rate, float decay, float lossScaling)
    {
        var learning = _constraints.Learning;
        var weightGradient = WeightGradient;
        if (lossScaling != 1)
        {
            Scale(weightGradient, 1 / lossScaling);
            Scale(_biasGradient, 1 / lossScaling);
        }

        if (_constraints is { IsShared: true, IsSpliced: false })
        {
            _constraints.StepCentroids(weightGradient, rate);
            _points?.Round(_constraints.CentroidValues);
        }
        else
        {
            if (decay > 0)
            {
                Scale(learning, 1 - (rate * decay));
            }

            if (_constraints.IsSpliced)
            {
                _constraints.Damp(weightGradient, _constraints.ReturningShare);
            }

            _weightSteps.Step(learning, weightGradient, rate);
        }

        // Before rounding, so that points follow: what masks and codebooks set are points already, and no draw moves those.
        _constraints.Apply();
        if (_points is not null)
        {
            _counts += _points.Update(Weights);
        }

        if (Layer.Bias)
        {
            _biasSteps.Step(_bias, _biasGradient, rate);
        }
    }

    public override void Visit(StateStream state)
    {
        VisitWeights(state);
        state.Numbers<float>(_bias);
        _weightSteps.Visit(state);
        _biasSteps.Visit(state);
        _constraints.Visit(state);
        _points?.VisitRandom(state);
        Roles.Visit(state);
    }

    public override void VisitParameters(StateStream state)
    {
        VisitWeights(state);
        state.Numbers<float>(_bias);
        _constraints.VisitCentroids(state);
    }

    private void VisitWeights(StateStream state)
    {
        if (_points is null)
        {
            state.Numbers(Weights);
            return;
        }

        _points.VisitPoints(state);
        _points.Decode(Weights);
    }

    private Span<float> Weights => _weightMemory.As<float>();

    /// <summary>What products read: the weights, or their 16-bit copy beside master weights.</summary>
    private Span<float> ProductWeights => _productMemory.As<float>();

    private Precision Sums => Layer.Quantization.Accumulators;

    /// <summary>Of the last backward pass, in the order of the weights.</summary>
    internal ReadOnlySpan<float> WeightGradients => WeightGradient;

    private Span<float> WeightGradient => _weightGradientMemory.As<float>();

    /// <summary>dX = dY·Wᵀ; where ReLU stopped a sum, dY is 0.</summary>
    private void InputGradient(int batch, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        var transposed = _transposedMemory.As<float>();
        Transposition.Floats(ProductWeights, Layer.Inputs, Layer.Outputs, OutputStride, transposed, InputStride);
        if (RoundedProduct.Takes(Sums))
        {
            RoundedProduct.Run(Sums, batch, Layer.Outputs, InputStride, sumsGradient, OutputStride, 1, transposed, default, inputGradient);
            return;
        }

        _gradientNonzeros.Read(sumsGradient, batch, Layer.Outputs, OutputStride, SparseProduct.MostNonzeros);
        if (SparseProduct.Pays(_gradientNonzeros, InputStride))
        {
            Products.Sparse(_gradientNonzeros, InputStride, transposed, _zeros, inputGradient);
        }
        else
        {
            Products.Dense(batch, Layer.Outputs, InputStride, sumsGradient, OutputStride, 1, transposed, default, inputGradient);
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
