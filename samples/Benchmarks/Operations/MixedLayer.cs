using Espalier;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Benchmarks.Operations;

/// <summary>One layer stored in bf16. Blocks are widened into scratch that stays in the second-level cache, and the products of fp32 do the rest.</summary>
internal sealed class MixedLayer
{
    /// <summary>Three vectors: the widest tile of the products.</summary>
    private const int PanelColumns = 48;

    private const int StripRows = 48;

    private readonly LayerDescription _layer;
    private readonly int _batch;
    private readonly RandomLanes _lanes;
    private readonly AlignedMemory _weights;
    private readonly AlignedMemory _velocities;
    private readonly AlignedMemory _gradients;
    private readonly AlignedMemory _input;
    private readonly AlignedMemory _scores;
    private readonly AlignedMemory _outputGradient;
    private readonly AlignedMemory _wideInput;
    private readonly AlignedMemory _wideGradient;
    private readonly AlignedMemory _panel;
    private readonly AlignedMemory _strip;
    private readonly AlignedMemory _sums;
    private readonly float[] _bias;

    public MixedLayer(LayerTraining start, int batch, RandomLanes lanes)
    {
        (_layer, _batch, _lanes) = (start.Layer, batch, lanes);
        (InputStride, OutputStride) = (start.InputStride, start.OutputStride);
        var size = _layer.Inputs * OutputStride;
        (_weights, _velocities, _gradients) = (new AlignedMemory(2 * size), new AlignedMemory(2 * size), new AlignedMemory(2 * size));
        (_input, _scores, _outputGradient) = (new AlignedMemory(2 * batch * InputStride), new AlignedMemory(2 * batch * OutputStride), new AlignedMemory(2 * batch * OutputStride));
        (_wideInput, _wideGradient) = (new AlignedMemory(4 * batch * InputStride), new AlignedMemory(4 * batch * OutputStride));
        _panel = new AlignedMemory(4 * Math.Max(_layer.Inputs, _layer.Outputs) * Math.Max(PanelColumns, OutputStride <= 112 ? OutputStride : PanelColumns));
        _strip = new AlignedMemory(4 * Math.Max(StripRows * OutputStride, OutputStride * InputStride));
        _sums = new AlignedMemory(4 * batch * Math.Max(InputStride, OutputStride));
        _bias = new float[OutputStride];
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
        var input = _wideInput.As<float>();
        Bf16Numbers.Widen(Input, input);
        for (var column = 0; column < OutputStride; column += PanelColumns)
        {
            var width = Math.Min(PanelColumns, OutputStride - column);
            Bf16Numbers.WidenPanel(_weights.As<ushort>()[column..], OutputStride, _layer.Inputs, width, _panel.As<float>());
            MatrixProduct.Run(_batch, _layer.Inputs, width, input, InputStride, 1, _panel.As<float>(), _bias.AsSpan(column, width), _sums.As<float>());
            for (var row = 0; row < _batch; row++)
            {
                Bf16Numbers.Narrow(_sums.As<float>().Slice(row * width, width), output.Slice((row * OutputStride) + column, width), rectify);
            }
        }
    }

    public void Gradients(MixedLayer? before)
    {
        var gradient = _wideGradient.As<float>();
        var input = _wideInput.As<float>();
        Bf16Numbers.Widen(OutputGradient, gradient);
        Bf16Numbers.Widen(Input, input);
        for (var row = 0; row < _layer.Inputs; row += StripRows)
        {
            var rows = Math.Min(StripRows, _layer.Inputs - row);
            var strip = _strip.As<float>()[..(rows * OutputStride)];
            MatrixProduct.Run(rows, _batch, OutputStride, input[row..], 1, InputStride, gradient, default, strip);
            Bf16Numbers.Narrow(strip, _gradients.As<ushort>().Slice(row * OutputStride, strip.Length));
        }

        if (before is not null)
        {
            InputGradients(before, gradient, input);
        }
    }

    public void Update(float rate) => Bf16Numbers.Step(_weights.As<ushort>(), _velocities.As<ushort>(), _gradients.As<ushort>(), 0.9f, rate, _lanes);

    public double[] GradientNumbers()
    {
        var wide = new float[_layer.Inputs * OutputStride];
        Bf16Numbers.Widen(_gradients.As<ushort>(), wide);
        return [.. Enumerable.Range(0, _layer.Inputs * _layer.Outputs).Select(i => (double)wide[(i / _layer.Outputs * OutputStride) + (i % _layer.Outputs)])];
    }

    private void InputGradients(MixedLayer before, ReadOnlySpan<float> gradient, ReadOnlySpan<float> input)
    {
        var wide = _panel.As<float>()[..(_layer.Inputs * OutputStride)];
        var turned = _strip.As<float>();
        Bf16Numbers.Widen(_weights.As<ushort>(), wide);
        Transposition.Floats(wide, _layer.Inputs, _layer.Outputs, OutputStride, turned, InputStride);
        var sums = _sums.As<float>()[..(_batch * InputStride)];
        MatrixProduct.Run(_batch, _layer.Outputs, InputStride, gradient, OutputStride, 1, turned, default, sums);
        ActivationGradients.Apply(Activation.Relu, input[..sums.Length], sums);
        Bf16Numbers.Narrow(sums, before.OutputGradient);
    }
}
