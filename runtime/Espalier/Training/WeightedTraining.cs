using System;
using System.Numerics;
using Espalier.Kernels;
using Espalier.Numerics;
using Espalier.Planning;

namespace Espalier;

/// <summary>
/// A layer with a matrix of weights while it is trained, by its columns (inputs, or places of a window), then padded rows (outputs, or output channels): masks, codebooks, grids and
/// optimizers see nothing else of it. One class for each way to multiply by the matrix.
/// </summary>
internal abstract class WeightedTraining : OneInputTraining
{
    private readonly AlignedMemory _weightMemory;
    private readonly AlignedMemory _weightGradientMemory;
    private readonly float[] _bias;
    private readonly float[] _biasGradient;
    private readonly ParameterSteps _biasSteps;
    private readonly Optimizer _optimizer;
    private readonly WeightConstraints _constraints;
    private readonly WeightPoints? _points;
    private readonly FormatRole? _rounded;
    private readonly AlignedMemory _productMemory;
    private ParameterSteps _weightSteps;
    private BatchNormTraining? _normalisation;
    private UpdateCounts _counts;

    /// <param name="start">The place, and what its training begins with.</param>
    /// <param name="fanOut">Sums that one number which enters takes part in.</param>
    protected WeightedTraining(TrainingStart start, int fanOut)
        : base(start.Layer)
    {
        var (layer, optimizer, random, settings) = (start.Layer, start.Optimizer, start.Random, start.Settings);
        (Rows, Columns, WeightStride) = (layer.WeightRows, layer.WeightColumns, MatrixProduct.Padded(layer.WeightRows));
        _weightMemory = new AlignedMemory(checked(Columns * WeightStride * sizeof(float)));
        _weightGradientMemory = new AlignedMemory(_weightMemory.Length);
        _bias = new float[WeightStride];
        _biasGradient = new float[WeightStride];
        _optimizer = optimizer;
        _weightSteps = optimizer.For(Columns * WeightStride);
        _biasSteps = optimizer.For(WeightStride);
        _constraints = new WeightConstraints(_weightMemory, optimizer);
        _normalisation = layer.BatchNorm is { } description ? new BatchNormTraining(description, this, start.Batch, optimizer) : null;

        var bound = FirstWeights.Bound(layer.Activation == Activation.Relu, Columns, fanOut);
        var weights = Weights;
        for (var column = 0; column < Columns; column++)
        {
            for (var row = 0; row < Rows; row++)
            {
                weights[(column * WeightStride) + row] = random.Uniform(-bound, bound);
            }
        }

        Roles = new LayerRoles(layer, settings.Draw, random);
        _points = WeightPointKinds.For(layer, weights.Length, FirstWeights.Reach((NumberFormat)layer.Quantization.Weights, bound, settings.WeightRange), settings.Draw, random);
        _points?.Place(weights, random);

        // Master weights stay in fp32 beside the 16-bit copy that products read (Micikevicius et al., 2018).
        _rounded = _points is null && layer.Quantization.Weights is Precision.Fp16 or Precision.Bf16 ? new FormatRole(layer.Quantization.Weights) : null;
        _productMemory = _rounded is null ? _weightMemory : new AlignedMemory(_weightMemory.Length);
    }

    /// <summary>Outputs of a dense layer, output channels of a convolution.</summary>
    public int Rows { get; }

    /// <summary>Inputs of a dense layer, places of a convolution's window: input channel of the group, row, column.</summary>
    public int Columns { get; }

    /// <summary>From one column of the matrix to the next: its rows with their padding.</summary>
    public int WeightStride { get; }

    /// <summary>Numbers that enter side by side and share their weights: the pixels of a channel, or one number.</summary>
    public int NumbersOfBlock { get; protected init; } = 1;

    /// <summary>Columns of the matrix that such a block has: the places of a window, or one.</summary>
    public int ColumnsOfBlock { get; protected init; } = 1;

    /// <summary>Groups of rows, each of which takes its own part of what enters.</summary>
    public int Groups { get; protected init; } = 1;

    /// <summary>Whether zeros are added around what enters.</summary>
    public bool AddsZeros { get; protected init; }

    public override LayerRoles Roles { get; }

    /// <summary>The distance of two points of the grid that weights live on without master weights, where that is one number; else null.</summary>
    public float? WeightStep => _points?.Step;

    /// <summary>Which weights take part and which share a value.</summary>
    public WeightConstraints Constraints => _constraints;

    /// <summary>What is added last, one number for each row, padding included: biases, or the shifts of batch normalisation. Zeros that stay so when the layer has none.</summary>
    public Span<float> Biases => _bias;

    /// <summary>The weights in the layer's own order, by column, then padded row: quantization-aware training puts rounded ones in their place for a batch.</summary>
    public Span<float> Parameters => Weights;

    /// <summary>Batch normalisation until it is folded; null without.</summary>
    public BatchNormTraining? BatchNorm => _normalisation;

    public override bool IsFinite => FiniteNumbers.All(Weights) && FiniteNumbers.All(_bias) && _normalisation is null or { IsFinite: true };

    public override bool GradientsAreFinite => FiniteNumbers.All(WeightGradient) && FiniteNumbers.All(_biasGradient) && _normalisation is null or { GradientsAreFinite: true };

    public override double SquaredGradients =>
        SumOfSquares.Of(WeightGradient) + (Layer.Bias ? SumOfSquares.Of(_biasGradient) : 0) + (_normalisation is null ? 0 : SumOfSquares.Of(_normalisation.FactorGradients));

    /// <summary>Of the last backward pass, in the order of the weights.</summary>
    internal ReadOnlySpan<float> WeightGradients => WeightGradient;

    /// <summary>Of the last backward pass.</summary>
    internal ReadOnlySpan<float> BiasGradients => _biasGradient;

    /// <summary>What products read: the weights, or their 16-bit copy beside master weights.</summary>
    protected Span<float> ProductWeights => _productMemory.As<float>();

    protected Span<float> WeightGradient => _weightGradientMemory.As<float>();

    protected Span<float> BiasGradient => _biasGradient;

    /// <summary>The precision of sums.</summary>
    protected Precision Sums => Layer.Quantization.Accumulators;

    private Span<float> Weights => _weightMemory.As<float>();

    public override UpdateCounts TakeUpdateCounts()
    {
        var counts = _counts;
        _counts = default;
        return counts;
    }

    public override float[] CopyWeights()
    {
        var copy = new float[Rows * Columns];
        Transposition.Floats(Weights, Columns, Rows, WeightStride, copy, Columns);
        for (var row = 0; row < Rows && _normalisation is not null; row++)
        {
            Scaling.Run(copy.AsSpan(row * Columns, Columns), _normalisation.FactorOf(row));
        }

        return copy;
    }

    public override float[] CopyBias()
    {
        var copy = Layer.Bias ? _bias[..Rows] : [];
        for (var row = 0; row < copy.Length && _normalisation is not null; row++)
        {
            copy[row] -= _normalisation.MeanOf(row) * _normalisation.FactorOf(row);
        }

        return copy;
    }

    /// <summary>Puts batch normalisation into weights and biases: from now on the layer is a plain one, which computes what it computed in inference.</summary>
    public void Fold()
    {
        if (_normalisation is null)
        {
            return;
        }

        var weights = Weights;
        var learning = _constraints.Learning;
        for (var i = 0; i < weights.Length; i++)
        {
            var factor = i % WeightStride < Rows ? _normalisation.FactorOf(i % WeightStride) : 1;
            weights[i] *= factor;
            if (_constraints.IsSpliced)
            {
                learning[i] *= factor;
            }
        }

        CopyBias().CopyTo(_bias, 0);
        _normalisation = null;

        // Means of gradients belong to weights of another size.
        _weightSteps = _optimizer.For(weights.Length);
    }

    public override void Update(float rate, float decay, float lossScaling)
    {
        var learning = _constraints.Learning;
        var weightGradient = WeightGradient;
        if (lossScaling != 1)
        {
            Scaling.Run(weightGradient, 1 / lossScaling);
            Scaling.Run(_biasGradient, 1 / lossScaling);
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
                Scaling.Run(learning, 1 - (rate * decay));
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

        _normalisation?.Update(rate, lossScaling);
    }

    public override void Visit(StateStream state)
    {
        VisitNormalisation(state);
        VisitWeights(state);
        state.Numbers<float>(_bias);
        _weightSteps.Visit(state);
        _biasSteps.Visit(state);
        _constraints.Visit(state);
        _points?.VisitRandom(state);
        Roles.Visit(state);
        _normalisation?.Visit(state);
    }

    public override void VisitParameters(StateStream state)
    {
        VisitWeights(state);
        state.Numbers<float>(_bias);
        _constraints.VisitCentroids(state);
        _normalisation?.VisitParameters(state);
    }

    protected sealed override void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums, bool learns)
    {
        if (_rounded is not null)
        {
            Weights.CopyTo(ProductWeights);
            _rounded.Round(ProductWeights);
        }

        if (_normalisation is null)
        {
            Multiply(batch, input, _bias, sums);
        }
        else
        {
            Multiply(batch, input, default, _normalisation.Sums);
            _normalisation.Forward(batch, _bias, sums, learns);
        }
    }

    protected sealed override void Backward(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        if (_normalisation is null)
        {
            WeightSums(batch, input, sumsGradient);
            BiasSums(batch, sumsGradient, _biasGradient);
        }
        else
        {
            sumsGradient = _normalisation.Backward(batch, sumsGradient, _biasGradient);
            WeightSums(batch, input, sumsGradient);
        }

        Roles.RoundGradients(WeightGradient);
        Roles.RoundGradients(_biasGradient);
        if (!inputGradient.IsEmpty)
        {
            InputGradient(batch, sumsGradient, inputGradient);
        }
    }

    /// <summary>Sums of <see cref="ProductWeights"/> times what enters, from the biases on; from 0 where there are none.</summary>
    protected abstract void Multiply(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> bias, Span<float> sums);

    /// <summary>Into <see cref="WeightGradient"/>.</summary>
    protected abstract void WeightSums(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient);

    /// <summary>The sum of the gradients of each output or output channel.</summary>
    protected abstract void BiasSums(int batch, ReadOnlySpan<float> sumsGradient, Span<float> biasGradient);

    /// <summary>The gradient of what entered.</summary>
    protected abstract void InputGradient(int batch, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient);

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

    /// <summary>Whether batch normalisation is there still: a fresh network that goes on from a checkpoint behind the folding folds too.</summary>
    private void VisitNormalisation(StateStream state)
    {
        if (Layer.BatchNorm is not null)
        {
            var isThere = _normalisation is not null;
            state.Number(ref isThere);
            _normalisation = isThere ? _normalisation : null;
        }
    }
}
