using System.Runtime.InteropServices;
using Espalier;
using Espalier.Numerics;

namespace Benchmarks.Operations;

/// <summary>All three operations in integers: weights, activations and gradients in bytes, velocities in 16 bits, no master weights.</summary>
internal sealed class ByteStep : TrainingStep
{
    private readonly ByteLayer[] _layers;
    private readonly float[] _scores;
    private readonly float[] _scoreGradient;
    private readonly sbyte[] _scoreCodes;
    private readonly int[] _labels;
    private readonly GridRounding _rounding = new(Espalier.Rounding.Stochastic);

    /// <param name="data">The batch.</param>
    /// <param name="start">Where the weights start: those of the fp32 network.</param>
    public ByteStep(StepData data, NetworkTraining start)
        : base("int8")
    {
        _labels = data.Labels;
        var lanes = new RandomLanes(3);
        _layers = [.. start.Weighted.Select(layer => new ByteLayer(layer, data.Batch, lanes))];
        var last = _layers[^1];
        (_scores, _scoreGradient, _scoreCodes) = (new float[data.Batch * last.OutputStride], new float[data.Batch * last.OutputStride], new sbyte[data.Batch * last.OutputStride]);
        for (var row = 0; row < data.Batch; row++)
        {
            for (var i = 0; i < LeNetShape.Layers[0].Inputs; i++)
            {
                _layers[0].Input[(row * _layers[0].InputStride) + i] = (byte)data.Inputs[(row * LeNetShape.Layers[0].Inputs) + i];
            }
        }
    }

    public override OperationCosts Costs => OperationCosts.Of(_labels.Length, 1, 1, 1, 2, Precision.Int8, Precision.Int16);

    public override void Forward()
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i].Forward();
            if (i + 1 < _layers.Length)
            {
                RectifiedCodes.Round(_layers[i].Sums, _layers[i].SumStep / _layers[i + 1].InputStep, _layers[i + 1].Input);
            }
        }

        var last = _layers[^1];
        for (var i = 0; i < _scores.Length; i++)
        {
            _scores[i] = last.Sums[i] * last.SumStep;
        }
    }

    public override void Loss()
    {
        var last = _layers[^1];
        for (var row = 0; row < _labels.Length; row++)
        {
            SoftmaxLoss.CrossEntropy(_scores.AsSpan(row * last.OutputStride, 10), _labels[row], _scoreGradient.AsSpan(row * last.OutputStride, 10));
        }

        // Differences of probabilities reach from −1 to 1.
        _rounding.Round(_scoreGradient, _scoreCodes, 1f / 127, 127);
        ByteQuads.Interleave(MemoryMarshal.AsBytes(_scoreCodes.AsSpan()), _labels.Length, last.OutputStride, last.OutputGradient);
        last.OutputGradientStep = 1.0 / 127 / _labels.Length;
    }

    public override void Gradients()
    {
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            _layers[i].WeightGradients();
            if (i > 0)
            {
                _layers[i].InputGradients(_layers[i - 1]);
            }
        }
    }

    public override void Update()
    {
        foreach (var layer in _layers)
        {
            layer.Update(StepData.Rate);
        }
    }

    public override double[] WeightGradient(int layer) => _layers[layer].GradientNumbers();
}
