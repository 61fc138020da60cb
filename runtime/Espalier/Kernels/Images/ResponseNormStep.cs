using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>
/// Local response normalisation: each number over (k + alpha / size · Σ squares)^beta, the sum over neighbouring channels of the same pixel. The beta that is
/// in use, 3/4, is two square roots; others take the platform's power.
/// </summary>
public sealed class ResponseNormStep : ImageStep
{
    private readonly ImageMap _input;
    private readonly int _before;
    private readonly int _after;
    private readonly float _share;
    private readonly float _beta;
    private readonly float _k;

    /// <param name="input">The image that enters, floats.</param>
    /// <param name="output">The image that leaves, floats.</param>
    /// <param name="size">Neighbouring channels, the number's own among them.</param>
    /// <param name="alpha">The weight of the mean of squares.</param>
    /// <param name="beta">The exponent.</param>
    /// <param name="k">What is added.</param>
    /// <param name="tier">The tier to run on.</param>
    public ResponseNormStep(ImageMap input, ImageMap output, int size, float alpha, float beta, float k, InstructionTier tier)
        : base(output, tier)
    {
        CheckForm(input, output);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (_input, _before, _after) = (input, size / 2, (size - 1) / 2);
        (_share, _beta, _k) = (alpha / size, beta, k);
    }

    internal override bool HasRows => true;

    internal override void Run(ref byte scratch, int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            for (var column = 0; column < Output.Width; column++)
            {
                Pixel(ref Unsafe.Add(ref _input.FloatsOf(ref scratch), _input.Pixel(row, column)), ref Unsafe.Add(ref Output.FloatsOf(ref scratch), Output.Pixel(row, column)));
            }

            ClearPadding(ref scratch, row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pixel(ref float source, ref float target)
    {
        var channels = _input.Channels;
        var vectors = Vectors && _beta == 0.75f;
        for (var channel = 0; channel < channels;)
        {
            // All neighbours of a whole vector of channels lie within the pixel.
            if (vectors && channel >= _before && channel + Vector<float>.Count + _after <= channels)
            {
                var squares = Vector<float>.Zero;
                for (var neighbour = channel - _before; neighbour <= channel + _after; neighbour++)
                {
                    var value = Vector.LoadUnsafe(ref source, (nuint)neighbour);
                    squares += value * value;
                }

                var root = Vector.SquareRoot(new Vector<float>(_k) + (squares * _share));
                (Vector.LoadUnsafe(ref source, (nuint)channel) / (root * Vector.SquareRoot(root))).StoreUnsafe(ref target, (nuint)channel);
                channel += Vector<float>.Count;
                continue;
            }

            Unsafe.Add(ref target, channel) = Normalise(ref source, channel, channels);
            channel++;
        }
    }

    private float Normalise(ref float source, int channel, int channels)
    {
        var squares = 0f;
        for (var neighbour = Math.Max(channel - _before, 0); neighbour <= Math.Min(channel + _after, channels - 1); neighbour++)
        {
            var value = Unsafe.Add(ref source, neighbour);
            squares += value * value;
        }

        var root = MathF.Sqrt(_k + (squares * _share));
        return Unsafe.Add(ref source, channel) / (_beta == 0.75f ? root * MathF.Sqrt(root) : MathF.Pow(_k + (squares * _share), _beta));
    }
}
