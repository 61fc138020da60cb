using Espalier;
using Espalier.Kernels;

namespace Benchmarks.Operations;

/// <summary>Retraining under masks at the densities of "Deep Compression": all three operations on kept weights alone, in fp32.</summary>
internal sealed class PrunedStep : TrainingStep
{
    private static readonly double[] s_densities = [0.08, 0.09, 0.26];

    private readonly KeptWeights[] _weights;
    private readonly ParameterSteps[] _steps;
    private readonly float[][] _biases;
    private readonly AlignedMemory[] _activations;
    private readonly AlignedMemory[] _gradients;
    private readonly int[] _labels;

    public PrunedStep(StepData data, NetworkTraining start)
        : base("pruned, fp32")
    {
        _labels = data.Labels;
        if (data.Batch != KeptProduct.Samples)
        {
            throw new ArgumentException($"The pruned form takes batches of {KeptProduct.Samples}, but was given {data.Batch}.");
        }

        _weights = [.. start.Weighted.Select((layer, i) => Pruned(layer, s_densities[i]))];
        _steps = [.. _weights.Select(weights => new Sgd().For(weights.Values.Length))];
        _biases = [.. start.Weighted.Select(layer => new float[layer.Layer.Outputs])];
        _activations = [Features(784), .. LeNetShape.Layers.Select(layer => Features(layer.Outputs))];
        _gradients = [.. _activations.Select(activations => new AlignedMemory(activations.Length))];
        for (var i = 0; i < data.Inputs.Length; i++)
        {
            _activations[0].As<float>()[(i % 784 * KeptProduct.Samples) + (i / 784)] = data.Inputs[i] / LeNetShape.InputTop;
        }
    }

    public override bool IsComparable => false;

    public override OperationCosts Costs => OperationCosts.Of(_labels.Length, 4, 4, 4, 4, Espalier.Precision.Fp32, Espalier.Precision.Fp32, s_densities, indexBytes: 4);

    public override void Forward()
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            KeptProduct.Sums(_weights[i].ByOutput, _weights[i].Values, _biases[i], _activations[i].As<float>(), _activations[i + 1].As<float>(), rectify: i + 1 < _weights.Length);
        }
    }

    public override void Loss()
    {
        var scores = _activations[^1].As<float>();
        var gradients = _gradients[^1].As<float>();
        Span<float> sample = stackalloc float[10];
        Span<float> gradient = stackalloc float[10];
        for (var row = 0; row < _labels.Length; row++)
        {
            for (var i = 0; i < sample.Length; i++)
            {
                sample[i] = scores[(i * KeptProduct.Samples) + row];
            }

            SoftmaxLoss.CrossEntropy(sample, _labels[row], gradient);
            for (var i = 0; i < sample.Length; i++)
            {
                gradients[(i * KeptProduct.Samples) + row] = gradient[i] / _labels.Length;
            }
        }
    }

    public override void Gradients()
    {
        for (var i = _weights.Length - 1; i >= 0; i--)
        {
            KeptProduct.Gradients(_weights[i], _activations[i].As<float>(), _gradients[i + 1].As<float>());
            if (i > 0)
            {
                KeptProduct.Sums(_weights[i].ByInput, _weights[i].Values, default, _gradients[i + 1].As<float>(), _gradients[i].As<float>(), rectify: false);
                ActivationGradients.Apply(Activation.Relu, _activations[i].As<float>(), _gradients[i].As<float>());
            }
        }
    }

    public override void Update()
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            _steps[i].Step(_weights[i].Values, _weights[i].Gradients, StepData.Rate);
        }
    }

    public override double[] WeightGradient(int layer) => throw new NotSupportedException();

    private static KeptWeights Pruned(WeightedTraining layer, double density)
    {
        var (inputs, outputs) = (layer.Layer.Inputs, layer.Layer.Outputs);
        var (weights, random) = (new float[inputs * outputs], new Random(7));
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = random.NextDouble() < density ? layer.Parameters[(i / outputs * layer.OutputStride) + (i % outputs)] : 0;
        }

        return new KeptWeights(weights, inputs, outputs);
    }

    private static AlignedMemory Features(int count) => new(count * KeptProduct.Samples * sizeof(float));
}
