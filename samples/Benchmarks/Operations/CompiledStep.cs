using Benchmarks.Models;
using Espalier;

namespace Benchmarks.Operations;

/// <summary>The forward pass of the compiled network: pruned, shared, int8. It predicts and does not train.</summary>
internal sealed class CompiledStep : TrainingStep
{
    private readonly CompiledModel _model = CompiledModel.Create<LeNet300>(SyntheticWeights.For(LeNet300.Description));
    private readonly float[] _inputs;
    private readonly float[] _scores;

    public CompiledStep(StepData data)
        : base("pruned, int8, compiled")
    {
        _inputs = [.. data.Inputs.Select(input => input / LeNetShape.InputTop)];
        _scores = new float[data.Batch * LeNet300.Description.Outputs];
    }

    public override bool IsComparable => false;

    public override bool Trains => false;

    /// <summary>Weights in the form that the kernels read; inputs in floats, as they are given; activations in bytes.</summary>
    public override OperationCosts Costs
    {
        get
        {
            var batch = _scores.Length / LeNet300.Description.Outputs;
            var products = OperationCosts.Of(batch, 1, 1, 1, 1, Espalier.Precision.Int8, Espalier.Precision.Int8, [0.08, 0.09, 0.26]).Forward.MultiplyAdds;
            var bytes = _model.TableBytes + (4.0 * _inputs.Length) + (4.0 * _scores.Length) + (2.0 * batch * (300 + 100));
            return new OperationCosts(new OperationCost(bytes, products, Espalier.Precision.Int8), default, default);
        }
    }

    public override void Forward() => _model.Batch(_inputs, _scores);

    public override void Loss()
    {
    }

    public override void Gradients() => throw new NotSupportedException();

    public override void Update() => throw new NotSupportedException();

    public override double[] WeightGradient(int layer) => throw new NotSupportedException();
}
