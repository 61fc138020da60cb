using Espalier;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Benchmarks.Operations;

/// <summary>One layer stored in bf16. Blocks are widened into scratch that stays in the second-level cache, and the products of fp32 do the rest.</summary>
internal sealed class MixedLayer
{
    /// <summary>Three vectors: the widest tile of the products.</summary>
    private const int PanelColumns = 48;

    private readonly LayerDescription _layer;
    private readonly int _batch;
    private readonly RandomLanes _lanes;
    private readonly AlignedMemory _weights;
    private readonly AlignedMemory _velocities;
    private readonly AlignedMemory _gradients;
    private readonly AlignedMemory _input;
    private readonly AlignedMemory _scores;
    private readonly AlignedMemory _outputGradient;
    private readonly AlignedMemory _wideGradient;
    private readonly AlignedMemory _scratch;
    private readonly AlignedMemory _turned;
    private readonly AlignedMemory _pairs;
    private readonly AlignedMemory _sums;
    private readonly float[] _bias;
    private readonly float[] _biasGradient;
    private readonly ParameterSteps _biasSteps;
    private readonly float[] _zeros;
    private readonly NonzeroLists _inputNonzeros;
    private readonly NonzeroLists _inputNonzerosTransposed;
    private readonly NonzeroLists _gradientNonzeros;

    public MixedLayer(WeightedTraining start, int batch, RandomLanes lanes)
    {
        (_layer, _batch, _lanes) = (start.Layer, batch, lanes);
        (InputStride, OutputStride) = (start.InputStride, start.OutputStride);
        var size = _layer.Inputs * OutputStride;
        (_weights, _velocities, _gradients) = (new AlignedMemory(2 * size), new AlignedMemory(2 * size), new AlignedMemory(2 * size));
        (_input, _scores, _outputGradient) = (new AlignedMemory(2 * batch * InputStride), new AlignedMemory(2 * batch * OutputStride), new AlignedMemory(2 * batch * OutputStride));
        _wideGradient = new AlignedMemory(4 * batch * OutputStride);
        _scratch = new AlignedMemory(4 * Math.Max(WidenedFactors.ScratchLength, Math.Max(HalvesProduct.ScratchLength(batch, _layer.Inputs, OutputStride), Math.Max(HalvesProduct.ScratchLength(_layer.Inputs, batch, OutputStride), HalvesProduct.ScratchLength(batch, _layer.Outputs, InputStride)))));
        _turned = new AlignedMemory(4 * ((_layer.Outputs + 1) / 2) * InputStride);
        _pairs = new AlignedMemory(_turned.Length);
        _sums = new AlignedMemory(4 * batch * Math.Max(InputStride, OutputStride));
        (_bias, _zeros) = (new float[OutputStride], new float[Math.Max(InputStride, OutputStride)]);
        (_biasGradient, _biasSteps) = (new float[OutputStride], new Sgd { Momentum = 0.9 }.For(OutputStride));
        _inputNonzeros = new NonzeroLists(batch, _layer.Inputs);
        _inputNonzerosTransposed = new NonzeroLists(_layer.Inputs, batch);
        _gradientNonzeros = new NonzeroLists(batch, _layer.Outputs);
        Bf16Numbers.Narrow(start.Parameters[..size], _weights.As<ushort>());
    }

    public int InputStride { get; }

    public int OutputStride { get; }

    /// <summary>What enters, row by row.</summary>
    public Span<ushort> Input => _input.As<ushort>();

    /// <summary>What leaves a last layer.</summary>
    public Span<ushort> Scores => _scores.As<ushort>();

    public Span<ushort> OutputGradient => _outputGradient.As<ushort>();

    public void Forward(Span<ushort> output, bool rectify)
    {
        _inputNonzeros.Read(Input, _batch, _layer.Inputs, InputStride, SparseProduct.MostNonzeros);
        if (SparseProduct.Pays(_inputNonzeros, OutputStride))
        {
            var sums = _sums.As<float>()[..(_batch * OutputStride)];
            SparseProduct.Run(_inputNonzeros, OutputStride, _weights.As<ushort>(), _scratch.As<float>(), _bias, sums);
            Bf16Numbers.Narrow(sums, output, rectify);
        }
        else
        {
            HalvesProduct.Run(_batch, _layer.Inputs, OutputStride, Input, InputStride, turned: false, _weights.As<ushort>(), _bias, rectify, output, _scratch.As<float>());
        }
    }

    /// <summary>As the forward operation left them, the lists of nonzeros are those of what entered.</summary>
    public void Gradients(MixedLayer? before)
    {
        Bf16Numbers.SumColumns(OutputGradient, _biasGradient);
        if (SparseProduct.PaysTransposed(_inputNonzeros, OutputStride))
        {
            _inputNonzerosTransposed.ReadTransposed(_inputNonzeros);
            var gradient = _wideGradient.As<float>();
            Bf16Numbers.Widen(OutputGradient, gradient);
            SparseProduct.Run(_inputNonzerosTransposed, OutputStride, gradient, _zeros, _gradients.As<ushort>());
        }
        else
        {
            HalvesProduct.Run(_layer.Inputs, _batch, OutputStride, Input, InputStride, turned: true, OutputGradient, default, rectify: false, _gradients.As<ushort>(), _scratch.As<float>());
        }

        if (before is not null)
        {
            InputGradients(before);
        }
    }

    /// <summary>Biases are few and stay in fp32.</summary>
    public void Update(float rate)
    {
        Bf16Numbers.Step(_weights.As<ushort>(), _velocities.As<ushort>(), _gradients.As<ushort>(), 0.9f, rate, _lanes);
        _biasSteps.Step(_bias, _biasGradient, rate);
    }

    public double[] GradientNumbers()
    {
        var wide = new float[_layer.Inputs * OutputStride];
        Bf16Numbers.Widen(_gradients.As<ushort>(), wide);
        return [.. Enumerable.Range(0, _layer.Inputs * _layer.Outputs).Select(i => (double)wide[(i / _layer.Outputs * OutputStride) + (i % _layer.Outputs)])];
    }

    /// <summary>dX = dY·Wᵀ, where ReLU let something through.</summary>
    private void InputGradients(MixedLayer before)
    {
        TurnedHalves.Turn(_weights.As<ushort>(), _layer.Inputs, _layer.Outputs, OutputStride, _pairs.As<uint>(), _turned.As<ushort>(), InputStride);
        _gradientNonzeros.Read(OutputGradient, _batch, _layer.Outputs, OutputStride, SparseProduct.MostNonzeros);
        if (SparseProduct.Pays(_gradientNonzeros, InputStride))
        {
            var sums = _sums.As<float>()[..(_batch * InputStride)];
            SparseProduct.Run(_gradientNonzeros, InputStride, _turned.As<ushort>(), _scratch.As<float>(), _zeros, sums);
            Bf16Numbers.Narrow(sums, before.OutputGradient);
        }
        else
        {
            HalvesProduct.Run(_batch, _layer.Outputs, InputStride, OutputGradient, OutputStride, turned: false, _turned.As<ushort>(), default, rectify: false, before.OutputGradient, _scratch.As<float>());
        }

        Bf16Numbers.Mask(Input, before.OutputGradient);
    }
}
