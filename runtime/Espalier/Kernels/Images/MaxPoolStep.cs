using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Espalier.Kernels;

/// <summary>The largest number of each window of each channel. Padding takes no part. Codes of a grid rise with what they stand for, so the same holds for codes.</summary>
public sealed class MaxPoolStep : ImageStep
{
    private readonly ImageMap _input;
    private readonly PoolWindow _window;
    private readonly int _whole;

    /// <param name="input">The image that enters.</param>
    /// <param name="output">The image that leaves, in the same form.</param>
    /// <param name="window">How the window moves.</param>
    /// <param name="tier">The tier to run on.</param>
    public MaxPoolStep(ImageMap input, ImageMap output, PoolWindow window, InstructionTier tier)
        : base(output, tier)
    {
        CheckForm(input, output);
        window.Check(input);
        _whole = WholeVectors(input);
        (_input, _window) = (input, window);
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
                var (from, to) = (_input.Pixel(top, left), Output.Pixel(row, column));
                if (_input.Codes)
                {
                    Codes(ref Unsafe.Add(ref _input.CodesOf(ref scratch), from), bottom - top, right - left, ref Unsafe.Add(ref Output.CodesOf(ref scratch), to));
                }
                else
                {
                    Floats(ref Unsafe.Add(ref _input.FloatsOf(ref scratch), from), bottom - top, right - left, ref Unsafe.Add(ref Output.FloatsOf(ref scratch), to));
                }
            }

            ClearPadding(ref scratch, row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Floats(ref float source, int rows, int columns, ref float target)
    {
        var (rowStride, stride, channels) = (_input.RowStride, _input.Stride, _input.Channels);
        var channel = 0;
        for (; Vectors && channel <= _whole - Vector<float>.Count; channel += Vector<float>.Count)
        {
            ref var line = ref Unsafe.Add(ref source, channel);
            var largest = Vector.LoadUnsafe(ref line);
            for (var row = 0; row < rows; row++)
            {
                // Windows of three columns are most; a loop over them would count more than it compares.
                if (columns == 3)
                {
                    largest = Vector.MaxNative(Vector.LoadUnsafe(ref line), largest);
                    largest = Vector.MaxNative(Vector.LoadUnsafe(ref line, (nuint)stride), largest);
                    largest = Vector.MaxNative(Vector.LoadUnsafe(ref line, (nuint)(2 * stride)), largest);
                }
                else
                {
                    for (var column = 0; column < columns; column++)
                    {
                        largest = Vector.MaxNative(Vector.LoadUnsafe(ref line, (nuint)(column * stride)), largest);
                    }
                }

                line = ref Unsafe.Add(ref line, rowStride);
            }

            largest.StoreUnsafe(ref target, (nuint)channel);
        }

        for (; channel < channels; channel++)
        {
            var largest = Unsafe.Add(ref source, channel);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var value = Unsafe.Add(ref source, (row * rowStride) + (column * stride) + channel);
                    largest = value > largest ? value : largest;
                }
            }

            Unsafe.Add(ref target, channel) = largest;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Codes(ref byte source, int rows, int columns, ref byte target)
    {
        var (rowStride, stride, channels) = (_input.RowStride, _input.Stride, _input.Channels);
        var channel = 0;
        for (; Vectors && channel <= _whole - Vector<byte>.Count; channel += Vector<byte>.Count)
        {
            var largest = Vector<byte>.Zero;
            ref var line = ref Unsafe.Add(ref source, channel);
            for (var row = 0; row < rows; row++)
            {
                if (columns == 3)
                {
                    var pair = Vector.Max(Vector.LoadUnsafe(ref line, (nuint)stride), Vector.LoadUnsafe(ref line, (nuint)(2 * stride)));
                    largest = Vector.Max(largest, Vector.Max(Vector.LoadUnsafe(ref line), pair));
                }
                else
                {
                    for (var column = 0; column < columns; column++)
                    {
                        largest = Vector.Max(largest, Vector.LoadUnsafe(ref line, (nuint)(column * stride)));
                    }
                }

                line = ref Unsafe.Add(ref line, rowStride);
            }

            largest.StoreUnsafe(ref target, (nuint)channel);
        }

        for (; Vectors && channel <= _whole - Vector128<byte>.Count; channel += Vector128<byte>.Count)
        {
            var largest = Vector128<byte>.Zero;
            ref var line = ref Unsafe.Add(ref source, channel);
            for (var row = 0; row < rows; row++)
            {
                if (columns == 3)
                {
                    var pair = Vector128.Max(Vector128.LoadUnsafe(ref line, (nuint)stride), Vector128.LoadUnsafe(ref line, (nuint)(2 * stride)));
                    largest = Vector128.Max(largest, Vector128.Max(Vector128.LoadUnsafe(ref line), pair));
                }
                else
                {
                    for (var column = 0; column < columns; column++)
                    {
                        largest = Vector128.Max(largest, Vector128.LoadUnsafe(ref line, (nuint)(column * stride)));
                    }
                }

                line = ref Unsafe.Add(ref line, rowStride);
            }

            largest.StoreUnsafe(ref target, (nuint)channel);
        }

        for (; channel < channels; channel++)
        {
            byte largest = 0;
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var code = Unsafe.Add(ref source, (row * rowStride) + (column * stride) + channel);
                    largest = code > largest ? code : largest;
                }
            }

            Unsafe.Add(ref target, channel) = largest;
        }
    }
}
