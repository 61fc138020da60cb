using System.Runtime.InteropServices;
using Espalier;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Benchmarks.Operations;

/// <summary>One layer that trains in bytes, on the kernels of the runtime.</summary>
internal sealed class ByteLayer
{
    /// <summary>A velocity has so many bits below a gradient's code: at most eight gradients add up, so 127 · 8 · 2⁴ fits with room to spare.</summary>
    private const int GradientBits = 4;

    /// <summary>Activations lie between 0 and this.</summary>
    private const float Highest = 6;

    private readonly LayerDescription _layer;
    private readonly int _batch;
    private readonly RandomLanes _lanes;
    private readonly AlignedMemory _weights;
    private readonly AlignedMemory _turnedWeights;
    private readonly AlignedMemory _gradients;
    private readonly AlignedMemory _velocities;
    private readonly AlignedMemory _input;
    private readonly AlignedMemory _inputQuads;
    private readonly AlignedMemory _outputGradient;
    private readonly AlignedMemory _turnedGradient;
    private readonly AlignedMemory _sums;
    private readonly AlignedMemory _strip;
    private readonly float _weightStep;
    private readonly float[] _bias;
    private readonly int[] _biasSums;
    private readonly int[] _start;
    private readonly int[] _inputStart;
    private readonly int[] _zeros;
    private readonly GradientShift _weightShift = new(8);
    private readonly GradientShift _inputShift = new(6);
    private readonly int _firstShift = 8;
    private int _usedShift;
    private double _weightGradientStep;

    public ByteLayer(WeightedTraining start, int batch, RandomLanes lanes)
    {
        (_layer, _batch, _lanes) = (start.Layer, batch, lanes);
        (InputStride, OutputStride) = (start.InputStride, start.OutputStride);
        var size = InputStride * OutputStride;
        (_weights, _turnedWeights, _gradients, _velocities) = (new AlignedMemory(size), new AlignedMemory(size), new AlignedMemory(size), new AlignedMemory(2 * size));
        (_input, _inputQuads) = (new AlignedMemory(batch * InputStride), new AlignedMemory(batch * InputStride));
        (_outputGradient, _turnedGradient) = (new AlignedMemory(batch * OutputStride), new AlignedMemory(batch * OutputStride));
        (_sums, _strip) = (new AlignedMemory(4 * batch * OutputStride), new AlignedMemory(4 * ByteQuads.Depth * Math.Max(InputStride, OutputStride)));
        _bias = new float[OutputStride];
        (_start, _biasSums) = (new int[OutputStride], new int[OutputStride]);
        (_inputStart, _zeros) = (new int[InputStride], new int[Math.Max(InputStride, OutputStride)]);
        var weights = start.CopyWeights();
        _weightStep = 2 * weights.Max(MathF.Abs) / 127;
        var codes = _weights.As<sbyte>();
        for (var i = 0; i < _layer.Inputs; i++)
        {
            for (var o = 0; o < _layer.Outputs; o++)
            {
                codes[PlaceOf(i, o)] = (sbyte)MathF.Round(weights[(o * _layer.Inputs) + i] / _weightStep);
            }
        }
    }

    public int InputStride { get; }

    public int OutputStride { get; }

    /// <summary>Codes that enter, row by row.</summary>
    public Span<byte> Input => _input.Bytes;

    /// <summary>What a code that enters stands for.</summary>
    public float InputStep => _layer.Inputs == LeNetShape.Layers[0].Inputs ? 1f / LeNetShape.InputTop : Highest / 127;

    public ReadOnlySpan<int> Sums => _sums.As<int>();

    public float SumStep => InputStep * _weightStep;

    /// <summary>Quads of four samples.</summary>
    public Span<int> OutputGradient => _outputGradient.As<int>();

    public double OutputGradientStep { get; set; }

    public void Forward() => ByteProduct.Run(_batch, InputStride / 4, OutputStride, _input.As<int>(), InputStride / 4, 1, _weights.As<int>(), _start, _sums.As<int>());

    /// <summary>dW = Xᵀ·dY, four rows at a time: sums stay in the first-level cache, bytes leave it.</summary>
    public void WeightGradients()
    {
        var quads = _inputQuads.As<int>();
        var strip = _strip.As<int>();
        var gradients = _gradients.As<int>();
        ByteQuads.Interleave(_input.Bytes, _batch, InputStride, quads);
        var largest = 0;
        _usedShift = _weightShift.Value;
        for (var input = 0; input < InputStride; input += ByteQuads.Depth)
        {
            ByteProduct.Run(ByteQuads.Depth, _batch / 4, OutputStride, quads[input..], 1, InputStride, OutputGradient, _zeros, strip);
            largest = Math.Max(largest, GradientCodes.Round(strip, OutputStride, _usedShift, _lanes, default, gradients[(input / 4 * OutputStride)..]));
        }

        _weightGradientStep = OutputGradientStep * InputStep * (1 << _usedShift);
        _weightShift.Follow(largest);

        // Ones in place of A add up the columns.
        ByteProduct.Run(1, _batch / 4, OutputStride, [0x01010101], 0, 0, OutputGradient, _zeros, _biasSums);
    }

    /// <summary>dX = dY·Wᵀ, rounded to bytes. dY is the unsigned side, 128 too large, which start values take off again.</summary>
    public void InputGradients(ByteLayer before)
    {
        var turned = _turnedWeights.As<int>();
        var gradient = _turnedGradient.As<int>();
        var strip = _strip.As<int>();
        ByteQuads.Turn(_weights.As<int>(), InputStride, OutputStride, turned, InputStride);
        ByteQuads.Turn(OutputGradient, _batch, OutputStride, gradient, _batch);
        foreach (ref var quad in gradient)
        {
            quad ^= unchecked((int)0x80808080);
        }

        ByteProduct.Run(1, OutputStride / 4, InputStride, [unchecked((int)0x80808080)], 0, 0, turned, _zeros, _inputStart);
        foreach (ref var sum in _inputStart.AsSpan())
        {
            sum = -sum;
        }

        var (largest, shift) = (0, _inputShift.Value);
        var quads = _inputQuads.As<int>();
        var target = before.OutputGradient;
        for (var row = 0; row < _batch; row += ByteQuads.Depth)
        {
            ByteProduct.Run(ByteQuads.Depth, OutputStride / 4, InputStride, gradient[row..], 1, _batch, turned, _inputStart, strip);
            var at = row / 4 * InputStride;
            largest = Math.Max(largest, GradientCodes.Round(strip, InputStride, shift, _lanes, quads[at..], target[at..]));
        }

        before.OutputGradientStep = OutputGradientStep * _weightStep * (1 << shift);
        _inputShift.Follow(largest);
    }

    public void Update(float rate)
    {
        var bits = Math.Clamp(GradientBits + _usedShift - _firstShift, 0, 8);
        ByteMomentum.Step(_weights.As<sbyte>(), _velocities.As<short>(), _gradients.As<sbyte>(), ByteSteps.Of(3, bits, rate * _weightGradientStep / _weightStep), _lanes);
        for (var o = 0; o < OutputStride; o++)
        {
            _bias[o] -= (float)(rate * _biasSums[o] * OutputGradientStep);
            _start[o] = (int)MathF.Round(_bias[o] / SumStep);
        }
    }

    public double[] GradientNumbers()
    {
        var numbers = new double[_layer.Inputs * _layer.Outputs];
        var codes = _gradients.As<sbyte>();
        for (var i = 0; i < _layer.Inputs; i++)
        {
            for (var o = 0; o < _layer.Outputs; o++)
            {
                numbers[(i * _layer.Outputs) + o] = codes[PlaceOf(i, o)] * _weightGradientStep;
            }
        }

        return numbers;
    }

    private int PlaceOf(int input, int output) => (((input / 4 * OutputStride) + output) * 4) + (input % 4);
}
