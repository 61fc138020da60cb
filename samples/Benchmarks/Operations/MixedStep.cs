using Espalier;
using Espalier.Numerics;

namespace Benchmarks.Operations;

/// <summary>Weights, activations, gradients and velocities stored in bf16, arithmetic in fp32; no master weights.</summary>
internal sealed class MixedStep : TrainingStep
{
    private readonly MixedLayer[] _layers;
    private readonly int[] _labels;

    public MixedStep(StepData data, NetworkTraining start)
        : base("bf16, sums in fp32")
    {
        _labels = data.Labels;
        var lanes = new RandomLanes(4);
        _layers = [.. start.Weighted.Select(layer => new MixedLayer(layer, data.Batch, lanes))];
        for (var row = 0; row < data.Batch; row++)
        {
            var inputs = data.Inputs.AsSpan(row * LeNetShape.Layers[0].Inputs, LeNetShape.Layers[0].Inputs).ToArray().Select(value => value / LeNetShape.InputTop).ToArray();
            Bf16Numbers.Narrow(inputs, _layers[0].Input[(row * _layers[0].InputStride)..]);
        }
    }

    public override OperationCosts Costs => OperationCosts.Of(_labels.Length, 2, 2, 2, 2, Espalier.Precision.Bf16, Espalier.Precision.Bf16);

    public override void Forward()
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i].Forward(i + 1 < _layers.Length ? _layers[i + 1].Input : _layers[i].Scores, i + 1 < _layers.Length);
        }
    }

    public override void Loss()
    {
        var last = _layers[^1];
        var (scores, gradients) = (new float[_labels.Length * last.OutputStride], new float[_labels.Length * last.OutputStride]);
        Bf16Numbers.Widen(last.Scores, scores);
        for (var row = 0; row < _labels.Length; row++)
        {
            var gradient = gradients.AsSpan(row * last.OutputStride, 10);
            SoftmaxLoss.CrossEntropy(scores.AsSpan(row * last.OutputStride, 10), _labels[row], gradient);
            foreach (ref var value in gradient)
            {
                value /= _labels.Length;
            }
        }

        Bf16Numbers.Narrow(gradients, last.OutputGradient);
    }

    public override void Gradients()
    {
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            _layers[i].Gradients(i > 0 ? _layers[i - 1] : null);
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
