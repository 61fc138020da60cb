using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>
/// The sum of images of one shape, and ReLU where the layer has it. Codes of several grids meet in floats: each difference from its zero point is multiplied by
/// the ratio of the scales, then added, in this order and rounded each time, so that every processor gives the same codes.
/// </summary>
public sealed class AddStep : ImageStep
{
    private readonly ImageMap[] _inputs;
    private readonly float[] _ratios;
    private readonly int[] _zeroPoints;
    private readonly bool _rectifies;
    private readonly ActivationGrid _grid;

    /// <summary>A sum of floats.</summary>
    /// <param name="inputs">The images that enter.</param>
    /// <param name="output">The image that leaves.</param>
    /// <param name="activation">Nothing, or ReLU; others follow in a step of their own.</param>
    /// <param name="tier">The tier to run on.</param>
    public AddStep(ImageMap[] inputs, ImageMap output, Activation activation, InstructionTier tier)
        : this(inputs, [], output, default, activation, tier)
    {
    }

    /// <summary>A sum of codes.</summary>
    /// <param name="inputs">The images that enter.</param>
    /// <param name="grids">The grid of each.</param>
    /// <param name="output">The image that leaves.</param>
    /// <param name="grid">Its grid.</param>
    /// <param name="activation">Nothing, or ReLU.</param>
    /// <param name="tier">The tier to run on.</param>
    public AddStep(ImageMap[] inputs, ActivationGrid[] grids, ImageMap output, ActivationGrid grid, Activation activation, InstructionTier tier)
        : base(output, tier)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(grids);
        foreach (var input in inputs)
        {
            CheckForm(input, output);
        }

        if (output.Codes && grids.Length != inputs.Length)
        {
            throw new ArgumentException($"A sum of {inputs.Length} images of codes needs as many grids, but was given {grids.Length}.", nameof(grids));
        }

        _inputs = inputs;
        _grid = grid;
        _rectifies = activation == Activation.Relu;
        _ratios = Array.ConvertAll(grids, one => (float)((double)one.Scale / grid.Scale));
        _zeroPoints = Array.ConvertAll(grids, one => (int)one.ZeroPoint);
    }

    internal override bool HasRows => true;

    internal override void Run(ref byte scratch, int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            for (var column = 0; column < Output.Width; column++)
            {
                if (Output.Codes)
                {
                    Codes(ref scratch, row, column);
                }
                else
                {
                    Floats(ref scratch, row, column);
                }
            }

            ClearPadding(ref scratch, row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Floats(ref byte scratch, int row, int column)
    {
        ref var target = ref Unsafe.Add(ref Output.FloatsOf(ref scratch), Output.Pixel(row, column));
        var inputs = _inputs;
        var channel = 0;
        for (; Vectors && channel <= Output.Channels - Vector<float>.Count; channel += Vector<float>.Count)
        {
            var sum = Vector.LoadUnsafe(ref Unsafe.Add(ref inputs[0].FloatsOf(ref scratch), inputs[0].Pixel(row, column) + channel));
            for (var i = 1; i < inputs.Length; i++)
            {
                sum += Vector.LoadUnsafe(ref Unsafe.Add(ref inputs[i].FloatsOf(ref scratch), inputs[i].Pixel(row, column) + channel));
            }

            // Written so that NaN becomes 0, as in every other form of ReLU here.
            sum = _rectifies ? Vector.ConditionalSelect(Vector.GreaterThan(sum, Vector<float>.Zero), sum, Vector<float>.Zero) : sum;
            sum.StoreUnsafe(ref target, (nuint)channel);
        }

        for (; channel < Output.Channels; channel++)
        {
            var sum = Unsafe.Add(ref inputs[0].FloatsOf(ref scratch), inputs[0].Pixel(row, column) + channel);
            for (var i = 1; i < inputs.Length; i++)
            {
                sum += Unsafe.Add(ref inputs[i].FloatsOf(ref scratch), inputs[i].Pixel(row, column) + channel);
            }

            Unsafe.Add(ref target, channel) = _rectifies && !(sum > 0) ? 0 : sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Codes(ref byte scratch, int row, int column)
    {
        ref var target = ref Unsafe.Add(ref Output.CodesOf(ref scratch), Output.Pixel(row, column));
        var lowest = _rectifies ? 0f : -_grid.ZeroPoint;
        var highest = (float)(_grid.Top - _grid.ZeroPoint);
        var channel = 0;
        for (; Vectors && channel <= Output.Channels - Vector<byte>.Count; channel += Vector<byte>.Count)
        {
            var a = Vector<float>.Zero;
            var (b, c, d) = (a, a, a);
            for (var i = 0; i < _inputs.Length; i++)
            {
                var codes = Vector.LoadUnsafe(ref Unsafe.Add(ref _inputs[i].CodesOf(ref scratch), _inputs[i].Pixel(row, column) + channel));
                Vector.Widen(codes, out var low, out var high);
                Vector.Widen(low, out var first, out var second);
                Vector.Widen(high, out var third, out var fourth);
                var (zeroPoint, ratio) = (new Vector<int>(_zeroPoints[i]), new Vector<float>(_ratios[i]));
                a += Vector.ConvertToSingle(first.As<uint, int>() - zeroPoint) * ratio;
                b += Vector.ConvertToSingle(second.As<uint, int>() - zeroPoint) * ratio;
                c += Vector.ConvertToSingle(third.As<uint, int>() - zeroPoint) * ratio;
                d += Vector.ConvertToSingle(fourth.As<uint, int>() - zeroPoint) * ratio;
            }

            var lower = Vector.Narrow(Code(a, lowest, highest), Code(b, lowest, highest));
            var upper = Vector.Narrow(Code(c, lowest, highest), Code(d, lowest, highest));
            Vector.Narrow(lower.As<short, ushort>(), upper.As<short, ushort>()).StoreUnsafe(ref target, (nuint)channel);
        }

        for (; channel < Output.Channels; channel++)
        {
            var steps = 0f;
            for (var i = 0; i < _inputs.Length; i++)
            {
                var code = Unsafe.Add(ref _inputs[i].CodesOf(ref scratch), _inputs[i].Pixel(row, column) + channel);
                steps += (code - _zeroPoints[i]) * _ratios[i];
            }

            Unsafe.Add(ref target, channel) = (byte)((int)MathF.Round(Math.Clamp(steps, lowest, highest), MidpointRounding.ToEven) + _grid.ZeroPoint);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<int> Code(Vector<float> steps, float lowest, float highest) =>
        Vector.ConvertToInt32(Vector.Round(Vector.MinNative(Vector.MaxNative(steps, new Vector<float>(lowest)), new Vector<float>(highest)))) + new Vector<int>(_grid.ZeroPoint);
}
