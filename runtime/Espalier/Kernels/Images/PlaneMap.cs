using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Turns a map whose channels lie side by side into planes with a border. Its loops are optimised at once: a network's first predictions would wait for them.</summary>
internal static class PlaneMap
{
    /// <param name="input">The map.</param>
    /// <param name="stride">Numbers from one of its pixels to the next.</param>
    /// <param name="planes">The planes.</param>
    /// <param name="geometry">How both lie.</param>
    /// <param name="border">Every byte of the border.</param>
    /// <param name="firstBlock">The first block of channels; planes do not touch each other's numbers.</param>
    /// <param name="endBlock">The one behind the last.</param>
    public static void Fill(ref byte input, int stride, ref byte planes, PlaneGeometry geometry, byte border, int firstBlock, int endBlock)
    {
        var first = firstBlock * PlaneGeometry.Block;
        var count = Math.Min(endBlock * PlaneGeometry.Block, geometry.PhasePlanes) - first;
        input = ref Unsafe.Add(ref input, first * geometry.NumberBytes);
        planes = ref Unsafe.Add(ref planes, first * geometry.PlaneNumbers * geometry.NumberBytes);
        foreach (var row in geometry.RowPhases)
        {
            foreach (var column in geometry.ColumnPhases)
            {
                FillPhase(ref input, stride, ref planes, count, geometry, row, column, border);
                planes = ref Unsafe.Add(ref planes, geometry.PhasePlanes * geometry.PlaneNumbers * geometry.NumberBytes);
            }
        }
    }

    private static void FillPhase(ref byte input, int stride, ref byte planes, int count, PlaneGeometry geometry, int rowPhase, int columnPhase, byte border)
    {
        var (convolution, window) = (geometry.Convolution, geometry.Convolution.Window);
        var (left, columns) = Inside(convolution.Width, window.PaddingWidth, window.StrideWidth, columnPhase);
        var (above, rows) = Inside(convolution.Height, window.PaddingHeight, window.StrideHeight, rowPhase);
        var bytes = geometry.NumberBytes;
        var (step, from) = (window.StrideWidth, (left * window.StrideWidth) + columnPhase - window.PaddingWidth);

        // Above the first pixel; then rows with what lies before the next, each of which may reach into the next, which is written after it; then below.
        var start = (above * geometry.Width) + left;
        Border(ref planes, count, geometry, 0, start, border);
        var (places, times) = geometry.IsFlat ? (rows * columns, 1) : (columns, rows);
        for (var row = 0; row < times; row++)
        {
            var pixel = (((((above + row) * window.StrideHeight) + rowPhase - window.PaddingHeight) * convolution.Width) + from);
            ref var source = ref Unsafe.Add(ref input, pixel * stride * bytes);
            ref var target = ref Unsafe.Add(ref planes, (start + (row * geometry.Width)) * bytes);
            if (geometry.PhasePlanes < ConvolutionGeometry.ChannelBlock)
            {
                FewChannels(ref source, step * stride * bytes, places, ref target, count, geometry);
            }
            else
            {
                // Pixels of the next rows are read along, as far as there are any, and overwritten.
                var readable = ((convolution.Height * convolution.Width) - pixel + step - 1) / step;
                Row(ref source, step * stride * bytes, places, readable, ref target, count, geometry);
            }

            Border(ref planes, count, geometry, start + (row * geometry.Width) + places, geometry.IsFlat ? 0 : geometry.Width - places, border);
        }

        var end = start + (rows * geometry.Width);
        Border(ref planes, count, geometry, end, geometry.PlaneNumbers - end, border);
    }

    /// <summary>Some places of all planes of a phase.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Border(ref byte planes, int channels, PlaneGeometry geometry, int first, int count, byte border)
    {
        var (bytes, pitch) = (geometry.NumberBytes, geometry.PlaneNumbers * geometry.NumberBytes);
        ref var to = ref Unsafe.Add(ref planes, first * bytes);
        if (count * bytes == 1)
        {
            for (var plane = 0; plane < channels; plane++)
            {
                Unsafe.Add(ref to, plane * pitch) = border;
            }
        }
        else if (count > 0)
        {
            for (var plane = 0; plane < channels; plane++)
            {
                Unsafe.InitBlockUnaligned(ref Unsafe.Add(ref to, plane * pitch), border, (uint)(count * bytes));
            }
        }
    }

    /// <summary>The first place of a phase that lies in the image, and how many do.</summary>
    private static (int First, int Count) Inside(int size, int padding, int stride, int phase)
    {
        var first = Math.Max(0, (padding - phase + stride - 1) / stride);
        return (first, Math.Max(0, (size + padding - phase + stride - 1) / stride - first));
    }

    /// <summary>The one to four channels of a model's input, number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FewChannels(ref byte from, int step, int pixels, ref byte to, int channels, PlaneGeometry geometry)
    {
        var (bytes, pitch) = (geometry.NumberBytes, geometry.PlaneNumbers * geometry.NumberBytes);
        for (var channel = 0; channel < channels; channel++)
        {
            ref var source = ref Unsafe.Add(ref from, channel * bytes);
            ref var target = ref Unsafe.Add(ref to, channel * pitch);
            if (bytes == 1)
            {
                for (nint pixel = 0; pixel < pixels; pixel++)
                {
                    Unsafe.Add(ref target, pixel) = source;
                    source = ref Unsafe.Add(ref source, step);
                }
            }
            else
            {
                for (nint pixel = 0; pixel < pixels; pixel++)
                {
                    Unsafe.Add(ref Unsafe.As<byte, int>(ref target), pixel) = Unsafe.ReadUnaligned<int>(ref source);
                    source = ref Unsafe.Add(ref source, step);
                }
            }
        }
    }

    /// <param name="from">The first pixel.</param>
    /// <param name="step">Bytes from one to the next.</param>
    /// <param name="pixels">Pixels of the row.</param>
    /// <param name="readable">Pixels that may be read.</param>
    /// <param name="to">The first pixel's place in the first plane.</param>
    /// <param name="channels">Planes.</param>
    /// <param name="geometry">How planes lie.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(ref byte from, int step, int pixels, int readable, ref byte to, int channels, PlaneGeometry geometry)
    {
        Span<byte> edge = stackalloc byte[BlockTransposition.MaximalBytes];
        var (bytes, pitch) = (geometry.NumberBytes, geometry.PlaneNumbers * geometry.NumberBytes);
        var block = BlockTransposition.Size(bytes);
        for (var place = 0; place < pixels; place += block)
        {
            ref var source = ref Unsafe.Add(ref from, place * step);
            ref var target = ref Unsafe.Add(ref to, place * bytes);
            var whole = place + block <= readable;
            for (var channel = 0; channel < channels; channel += block)
            {
                ref var first = ref Unsafe.Add(ref source, channel * bytes);
                ref var plane = ref Unsafe.Add(ref target, channel * pitch);
                if (whole)
                {
                    BlockTransposition.Run(bytes, ref first, (nuint)step, ref plane, (nuint)pitch);
                    continue;
                }

                for (var pixel = 0; pixel < readable - place; pixel++)
                {
                    Unsafe.CopyBlockUnaligned(ref edge[pixel * BlockTransposition.RowBytes], ref Unsafe.Add(ref first, pixel * step), BlockTransposition.RowBytes);
                }

                BlockTransposition.Run(bytes, ref edge[0], BlockTransposition.RowBytes, ref plane, (nuint)pitch);
            }
        }
    }
}
