using Benchmarks.Models;
using Espalier;
using Espalier.Numerics;

namespace Benchmarks.Operations;

/// <summary>The training engine as it is: fp32, with zeros skipped where that pays.</summary>
internal sealed class Fp32Step : TrainingStep
{
    private readonly NetworkTraining _network;
    private readonly int[] _labels;

    public Fp32Step(StepData data)
        : base("fp32")
    {
        _labels = data.Labels;
        _network = new NetworkTraining(LeNet300Fp32.Description, new Normalisation(0, 1f / LeNetShape.InputTop), data.Batch, new Sgd(), new RandomNumbers(1));
        for (var row = 0; row < data.Batch; row++)
        {
            _network.LoadInput(data.Inputs.AsSpan(row * LeNetShape.Layers[0].Inputs, LeNetShape.Layers[0].Inputs), row);
        }
    }

    public NetworkTraining Network => _network;

    public override OperationCosts Costs => OperationCosts.Of(_labels.Length, 4, 4, 4, 4, Precision.Fp32, Precision.Fp32);

    public override void Forward() => _network.Forward(_labels.Length, learns: true);

    public override void Loss() => _network.Backward(_labels, 1);

    public override void Gradients() => _network.Backpropagate(_labels.Length);

    public override void Update()
    {
        foreach (var layer in _network.Layers)
        {
            layer.Update(StepData.Rate, 0, 1);
        }
    }

    /// <inheritdoc/>
    public override double[] WeightGradient(int layer)
    {
        var place = _network.Weighted[layer];
        var (inputs, outputs) = LeNetShape.Layers[layer];
        var gradients = place.WeightGradients.ToArray();
        return [.. Enumerable.Range(0, inputs * outputs).Select(i => (double)gradients[(i / outputs * place.OutputStride) + (i % outputs)])];
    }
}
