using System.Numerics;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>The mean of each window of each channel; over the whole image where the window is as large. Codes are rounded half to even on their grid.</summary>
public sealed class AveragePoolStep : ImageStep
{
    private readonly ImageMap _input;
    private readonly PoolWindow _window;
    private readonly int _whole;
    private readonly bool _countsPadding;
    private readonly int _zeroPoint;

    /// <param name="input">The image that enters.</param>
    /// <param name="output">The image that leaves, in the same form.</param>
    /// <param name="window">How the window moves.</param>
    /// <param name="countsPadding">Whether padding counts, as zeros.</param>
    /// <param name="zeroPoint">The code that stands for 0; 0 where floats enter.</param>
    /// <param name="tier">The tier to run on.</param>
    public AveragePoolStep(ImageMap input, ImageMap output, PoolWindow window, bool countsPadding, int zeroPoint, InstructionTier tier)
        : base(output, tier)
    {
        CheckForm(input, output);
        window.Check(input);
        _whole = WholeVectors(input);
        (_input, _window, _countsPadding, _zeroPoint) = (input, window, countsPadding, zeroPoint);
    }

    internal override bool HasRows => true;

    internal override void Run(ref byte scratch, int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            var (top, bottom) = _window.Rows(row, _input.Height);
            for (var column = 0; column < Output.Width; column++)
            {
                var (left, right) = _window.Columns(column, _input.Width);
                var inside = (bottom - top) * (right - left);
                var count = _countsPadding ? _window.CountWithPadding(row, column, _input) : inside;
                var (from, to) = (_input.Pixel(top, left), Output.Pixel(row, column));
                if (_input.Codes)
                {
                    Codes(ref Unsafe.Add(ref _input.CodesOf(ref scratch), from), bottom - top, right - left, count, -inside * _zeroPoint, ref Unsafe.Add(ref Output.CodesOf(ref scratch), to));
                }
                else
                {
                    Floats(ref Unsafe.Add(ref _input.FloatsOf(ref scratch), from), bottom - top, right - left, count, ref Unsafe.Add(ref Output.FloatsOf(ref scratch), to));
                }
            }

            ClearPadding(ref scratch, row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Floats(ref float source, int rows, int columns, int count, ref float target)
    {
        var (rowStride, stride, channels) = (_input.RowStride, _input.Stride, _input.Channels);
        var divisor = new Vector<float>(count);
        var channel = 0;
        for (; Vectors && channel <= _whole - Vector<float>.Count; channel += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    sum += Vector.LoadUnsafe(ref source, (nuint)((row * rowStride) + (column * stride) + channel));
                }
            }

            (sum / divisor).StoreUnsafe(ref target, (nuint)channel);
        }

        for (; channel < channels; channel++)
        {
            var sum = 0f;
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    sum += Unsafe.Add(ref source, (row * rowStride) + (column * stride) + channel);
                }
            }

            Unsafe.Add(ref target, channel) = sum / count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Codes(ref byte source, int rows, int columns, int count, int start, ref byte target)
    {
        var (rowStride, stride, channels) = (_input.RowStride, _input.Stride, _input.Channels);
        var divisor = new Vector<float>(count);
        var zeroPoint = new Vector<int>(_zeroPoint);
        var vectors = Vectors && count <= MeanCode.MostInFloats;
        var channel = 0;
        for (; vectors && channel <= _whole - Vector<byte>.Count; channel += Vector<byte>.Count)
        {
            var first = new Vector<int>(start);
            var (second, third, fourth) = (first, first, first);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)((row * rowStride) + (column * stride) + channel)), out var low, out var high);
                    Vector.Widen(low, out var a, out var b);
                    Vector.Widen(high, out var c, out var d);
                    first += a.As<uint, int>();
                    second += b.As<uint, int>();
                    third += c.As<uint, int>();
                    fourth += d.As<uint, int>();
                }
            }

            var lower = Vector.Narrow(MeanCode.Of(first, divisor, zeroPoint), MeanCode.Of(second, divisor, zeroPoint));
            var upper = Vector.Narrow(MeanCode.Of(third, divisor, zeroPoint), MeanCode.Of(fourth, divisor, zeroPoint));
            Vector.Narrow(lower.As<short, ushort>(), upper.As<short, ushort>()).StoreUnsafe(ref target, (nuint)channel);
        }

        for (; channel < channels; channel++)
        {
            var sum = start;
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    sum += Unsafe.Add(ref source, (row * rowStride) + (column * stride) + channel);
                }
            }

            Unsafe.Add(ref target, channel) = (byte)MeanCode.Of(sum, count, _zeroPoint);
        }
    }
}
