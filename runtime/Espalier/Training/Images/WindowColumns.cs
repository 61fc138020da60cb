using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Planning;

namespace Espalier;

/// <summary>
/// The windows of an image side by side, as a matrix with a row for each place of the window (channel, row, column) and a column for each output pixel: a convolution is a product with
/// it. Images lie channel by channel, so a row of it is made of parts of the image's rows.
/// </summary>
internal sealed class WindowColumns(WindowGeometry window, ImageShape input, ImageShape output)
{
    private const int Lanes = 8;

    /// <summary>Writes the matrix of some channels of one image.</summary>
    /// <param name="image">The channels.</param>
    /// <param name="channels">How many.</param>
    /// <param name="columns">The matrix's first number for this image.</param>
    /// <param name="stride">From one row of the matrix to the next.</param>
    public void Read(ReadOnlySpan<float> image, int channels, Span<float> columns, int stride)
    {
        ref var from = ref MemoryMarshal.GetReference(image[..(channels * input.Pixels)]);
        ref var to = ref MemoryMarshal.GetReference(columns[..LengthOf(channels, stride)]);
        for (var channel = 0; channel < channels; channel++)
        {
            for (var y = 0; y < window.Height; y++)
            {
                for (var x = 0; x < window.Width; x++)
                {
                    ReadPlace(ref from, y, x, ref to);
                    to = ref Unsafe.Add(ref to, stride);
                }
            }

            from = ref Unsafe.Add(ref from, input.Pixels);
        }
    }

    /// <summary>Adds a matrix to some channels of one image: what <see cref="Read"/> took from a pixel comes back to it.</summary>
    /// <param name="columns">The matrix's first number for this image.</param>
    /// <param name="stride">From one row of the matrix to the next.</param>
    /// <param name="image">The channels.</param>
    /// <param name="channels">How many.</param>
    public void Add(ReadOnlySpan<float> columns, int stride, Span<float> image, int channels)
    {
        ref var from = ref MemoryMarshal.GetReference(columns[..LengthOf(channels, stride)]);
        ref var to = ref MemoryMarshal.GetReference(image[..(channels * input.Pixels)]);
        for (var channel = 0; channel < channels; channel++)
        {
            for (var y = 0; y < window.Height; y++)
            {
                for (var x = 0; x < window.Width; x++)
                {
                    AddPlace(ref from, y, x, ref to);
                    from = ref Unsafe.Add(ref from, stride);
                }
            }

            to = ref Unsafe.Add(ref to, input.Pixels);
        }
    }

    private int LengthOf(int channels, int stride) => (((channels * window.Height * window.Width) - 1) * stride) + output.Pixels;

    private void ReadPlace(ref float channel, int y, int x, ref float to)
    {
        var (first, end) = Inside(x * window.DilationWidth, window.StrideWidth, window.PaddingWidth, input.Width, output.Width);
        if (IsWhole(y, first, end))
        {
            CopyRows(ref Unsafe.Add(ref channel, StartOf(y, x)), input.Width * window.StrideHeight, ref to, output.Width, output.Height);
            return;
        }

        for (var row = 0; row < output.Height; row++)
        {
            var at = (row * window.StrideHeight) - window.PaddingHeight + (y * window.DilationHeight);
            if ((uint)at >= (uint)input.Height)
            {
                MemoryMarshal.CreateSpan(ref to, output.Width).Clear();
            }
            else
            {
                for (var column = 0; column < first; column++)
                {
                    Unsafe.Add(ref to, column) = 0;
                }

                ref var start = ref Unsafe.Add(ref channel, (at * input.Width) + (first * window.StrideWidth) - window.PaddingWidth + (x * window.DilationWidth));
                if (window.StrideWidth == 1)
                {
                    Copy(ref start, ref Unsafe.Add(ref to, first), end - first);
                }
                else
                {
                    for (var column = first; column < end; column++)
                    {
                        Unsafe.Add(ref to, column) = Unsafe.Add(ref start, (column - first) * window.StrideWidth);
                    }
                }

                for (var column = end; column < output.Width; column++)
                {
                    Unsafe.Add(ref to, column) = 0;
                }
            }

            to = ref Unsafe.Add(ref to, output.Width);
        }
    }

    private void AddPlace(ref float from, int y, int x, ref float channel)
    {
        var (first, end) = Inside(x * window.DilationWidth, window.StrideWidth, window.PaddingWidth, input.Width, output.Width);
        if (IsWhole(y, first, end))
        {
            AddRows(ref from, output.Width, ref Unsafe.Add(ref channel, StartOf(y, x)), input.Width * window.StrideHeight, output.Height);
            return;
        }

        for (var row = 0; row < output.Height; row++)
        {
            var at = (row * window.StrideHeight) - window.PaddingHeight + (y * window.DilationHeight);
            if ((uint)at < (uint)input.Height && end > first)
            {
                ref var start = ref Unsafe.Add(ref channel, (at * input.Width) + (first * window.StrideWidth) - window.PaddingWidth + (x * window.DilationWidth));
                ref var source = ref Unsafe.Add(ref from, first);
                if (window.StrideWidth == 1)
                {
                    Add(ref source, ref start, end - first);
                }
                else
                {
                    for (var column = 0; column < end - first; column++)
                    {
                        Unsafe.Add(ref start, column * window.StrideWidth) += Unsafe.Add(ref source, column);
                    }
                }
            }

            from = ref Unsafe.Add(ref from, output.Width);
        }
    }

    /// <summary>Whether a place of the window lies within the image for all output pixels, side by side: then there is nothing to decide row by row.</summary>
    private bool IsWhole(int y, int first, int end)
    {
        var top = (y * window.DilationHeight) - window.PaddingHeight;
        return window.StrideWidth == 1 && first == 0 && end == output.Width && top >= 0 && top + ((output.Height - 1) * window.StrideHeight) < input.Height;
    }

    private int StartOf(int y, int x) => (((y * window.DilationHeight) - window.PaddingHeight) * input.Width) + (x * window.DilationWidth) - window.PaddingWidth;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(ref float from, nint stride, ref float to, int width, int rows)
    {
        if (width == Lanes)
        {
            for (var row = 0; row < rows; row++)
            {
                Vector256.LoadUnsafe(ref from).StoreUnsafe(ref to);
                from = ref Unsafe.Add(ref from, stride);
                to = ref Unsafe.Add(ref to, Lanes);
            }

            return;
        }

        for (var row = 0; row < rows; row++)
        {
            Copy(ref from, ref to, width);
            from = ref Unsafe.Add(ref from, stride);
            to = ref Unsafe.Add(ref to, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(ref float from, int width, ref float to, nint stride, int rows)
    {
        if (width == Lanes)
        {
            for (var row = 0; row < rows; row++)
            {
                (Vector256.LoadUnsafe(ref to) + Vector256.LoadUnsafe(ref from)).StoreUnsafe(ref to);
                from = ref Unsafe.Add(ref from, Lanes);
                to = ref Unsafe.Add(ref to, stride);
            }

            return;
        }

        for (var row = 0; row < rows; row++)
        {
            Add(ref from, ref to, width);
            from = ref Unsafe.Add(ref from, width);
            to = ref Unsafe.Add(ref to, stride);
        }
    }

    /// <summary>The output pixels of a row for which a place of the window lies within the image.</summary>
    private static (int First, int End) Inside(int place, int stride, int padding, int size, int count)
    {
        var first = Math.Clamp((padding - place + stride - 1) / stride, 0, count);
        var end = size - 1 + padding - place;
        return (first, Math.Clamp(end < 0 ? 0 : (end / stride) + 1, first, count));
    }

    // Rows of images are a few vectors long: a call for each would take as long as the copy.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref float from, ref float to, int count)
    {
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            Vector256.LoadUnsafe(ref from, (nuint)i).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref float from, ref float to, int count)
    {
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            (Vector256.LoadUnsafe(ref to, (nuint)i) + Vector256.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) += Unsafe.Add(ref from, i);
        }
    }
}
