using System;

namespace Espalier;

/// <summary>Local response normalisation: x·d^−β with d = k + α/size·Σx² over neighbouring channels of the same pixel, those from size/2 before to (size−1)/2 behind.</summary>
internal sealed class ResponseNormTraining : OneInputTraining
{
    private readonly int _size;
    private readonly float _share;
    private readonly float _exponent;
    private readonly float _start;

    /// <summary>The sums d of the last forward pass.</summary>
    private readonly float[] _divisors;

    public ResponseNormTraining(TrainingStart start)
        : base(start.Layer)
    {
        _size = Layer.Arguments[0];
        (_share, _exponent, _start) = (Layer.Numbers[0] / _size, Layer.Numbers[1], Layer.Numbers[2]);
        _divisors = new float[start.Batch * Layer.Inputs];
    }

    private int Pixels => Layer.InputShape.Pixels;

    private int Channels => Layer.InputShape.Channels;

    protected override void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums, bool learns)
    {
        for (var row = 0; row < batch; row++)
        {
            var from = input.Slice(row * InputStride, Layer.Inputs);
            var to = sums.Slice(row * OutputStride, Layer.Inputs);
            var divisors = _divisors.AsSpan(row * Layer.Inputs, Layer.Inputs);
            for (var i = 0; i < from.Length; i++)
            {
                var (channel, pixel, sum) = (i / Pixels, i % Pixels, 0f);
                for (var other = Math.Max(0, channel - (_size / 2)); other <= Math.Min(Channels - 1, channel + ((_size - 1) / 2)); other++)
                {
                    var value = from[(other * Pixels) + pixel];
                    sum += value * value;
                }

                divisors[i] = _start + (_share * sum);
                to[i] = from[i] / Power(divisors[i]);
            }
        }
    }

    /// <summary>dx = dy·d^−β − 2·α/size·β·x·Σ dy'·x'·d'^(−β−1), the sum over all whose neighbour x is.</summary>
    protected override void Backward(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        for (var row = 0; row < batch && !inputGradient.IsEmpty; row++)
        {
            var from = sumsGradient.Slice(row * OutputStride, Layer.Inputs);
            var values = input.Slice(row * InputStride, Layer.Inputs);
            var to = inputGradient.Slice(row * InputStride, Layer.Inputs);
            var divisors = _divisors.AsSpan(row * Layer.Inputs, Layer.Inputs);
            for (var i = 0; i < from.Length; i++)
            {
                var (channel, pixel, sum) = (i / Pixels, i % Pixels, 0f);
                for (var other = Math.Max(0, channel - ((_size - 1) / 2)); other <= Math.Min(Channels - 1, channel + (_size / 2)); other++)
                {
                    var at = (other * Pixels) + pixel;
                    sum += from[at] * values[at] / (Power(divisors[at]) * divisors[at]);
                }

                to[i] = (from[i] / Power(divisors[i])) - (2 * _share * _exponent * values[i] * sum);
            }
        }
    }

    /// <summary>Three quarters, the exponent in use, are roots: they have the same bits everywhere, which a platform's power does not promise.</summary>
    private float Power(float divisor) => _exponent == 0.75f ? MathF.Sqrt(divisor) * MathF.Sqrt(MathF.Sqrt(divisor)) : MathF.Pow(divisor, _exponent);
}
