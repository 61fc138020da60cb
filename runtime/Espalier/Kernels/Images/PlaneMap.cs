using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Turns a map whose channels lie side by side into planes with a border.</summary>
internal static class PlaneMap
{
    /// <param name="input">The map.</param>
    /// <param name="stride">Numbers from one of its pixels to the next.</param>
    /// <param name="planes">The planes.</param>
    /// <param name="geometry">How both lie.</param>
    /// <param name="border">Every byte of the border.</param>
    public static void Fill(ref byte input, int stride, ref byte planes, PlaneGeometry geometry, byte border)
    {
        foreach (var row in geometry.RowPhases)
        {
            foreach (var column in geometry.ColumnPhases)
            {
                FillPhase(ref input, stride, ref planes, geometry, row, column, border);
                planes = ref Unsafe.Add(ref planes, geometry.Convolution.Channels * geometry.PlaneNumbers * geometry.NumberBytes);
            }
        }
    }

    private static void FillPhase(ref byte input, int stride, ref byte planes, PlaneGeometry geometry, int rowPhase, int columnPhase, byte border)
    {
        var (convolution, window) = (geometry.Convolution, geometry.Convolution.Window);
        var (left, columns) = Inside(convolution.Width, window.PaddingWidth, window.StrideWidth, columnPhase);
        var (above, rows) = Inside(convolution.Height, window.PaddingHeight, window.StrideHeight, rowPhase);
        var first = (((above * window.StrideHeight) + rowPhase - window.PaddingHeight) * convolution.Width) + (left * window.StrideWidth) + columnPhase - window.PaddingWidth;
        var bytes = geometry.NumberBytes;
        var pixelBytes = stride * bytes;
        ref var from = ref Unsafe.Add(ref input, first * pixelBytes);

        // Above the first pixel; then rows with what lies before the next, each of which may reach into the next, which is written after it; then below.
        var start = (above * geometry.Width) + left;
        for (var channel = 0; channel < convolution.Channels; channel++)
        {
            Unsafe.InitBlockUnaligned(ref Unsafe.Add(ref planes, channel * geometry.PlaneNumbers * bytes), border, (uint)(start * bytes));
        }

        if (geometry.IsFlat)
        {
            Row(ref from, pixelBytes, rows * columns, rows * columns, ref planes, geometry, border);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            Row(ref Unsafe.Add(ref from, row * window.StrideHeight * convolution.Width * pixelBytes), window.StrideWidth * pixelBytes, columns, geometry.Width, ref Unsafe.Add(ref planes, (start + (row * geometry.Width)) * bytes), geometry, border);
        }

        var end = start + (rows * geometry.Width);
        for (var channel = 0; channel < convolution.Channels; channel++)
        {
            Unsafe.InitBlockUnaligned(ref Unsafe.Add(ref planes, ((channel * geometry.PlaneNumbers) + end) * bytes), border, (uint)((geometry.PlaneNumbers - end) * bytes));
        }
    }

    /// <summary>The first place of a phase that lies in the image, and how many do.</summary>
    private static (int First, int Count) Inside(int size, int padding, int stride, int phase)
    {
        var first = Math.Max(0, (padding - phase + stride - 1) / stride);
        return (first, Math.Max(0, (size + padding - phase + stride - 1) / stride - first));
    }

    /// <param name="from">The first pixel.</param>
    /// <param name="step">Bytes from one to the next.</param>
    /// <param name="pixels">Pixels of the row.</param>
    /// <param name="places">Places of the row in planes: those behind the pixels are border.</param>
    /// <param name="to">The first pixel's place in the first plane.</param>
    /// <param name="geometry">How planes lie.</param>
    /// <param name="border">Every byte of the border.</param>
    private static void Row(ref byte from, int step, int pixels, int places, ref byte to, PlaneGeometry geometry, byte border)
    {
        Span<byte> edge = stackalloc byte[BlockTransposition.MaximalBytes];
        Span<byte> turned = stackalloc byte[BlockTransposition.MaximalBytes];
        var (channels, bytes, pitch) = (geometry.Convolution.Channels, geometry.NumberBytes, geometry.PlaneNumbers * geometry.NumberBytes);
        var block = BlockTransposition.Size(bytes);
        for (var place = 0; place < places; place += block)
        {
            ref var source = ref Unsafe.Add(ref from, place * step);
            ref var target = ref Unsafe.Add(ref to, place * bytes);
            var count = Math.Clamp(pixels - place, 0, block);
            for (var channel = 0; channel < channels; channel += block)
            {
                ref var first = ref Unsafe.Add(ref source, channel * bytes);
                ref var plane = ref Unsafe.Add(ref target, channel * pitch);
                if (count == block && channel + block <= channels)
                {
                    BlockTransposition.Run(bytes, ref first, (nuint)step, ref plane, (nuint)pitch);
                    continue;
                }

                // Some pixels of some channels, and border behind them.
                edge.Fill(border);
                var some = Math.Min(block, channels - channel);
                for (var pixel = 0; pixel < count; pixel++)
                {
                    Copy(ref Unsafe.Add(ref first, pixel * step), ref edge[pixel * BlockTransposition.RowBytes], some * bytes);
                }

                BlockTransposition.Run(bytes, ref edge[0], BlockTransposition.RowBytes, ref turned[0], BlockTransposition.RowBytes);
                for (var i = 0; i < some; i++)
                {
                    Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref plane, i * pitch), ref turned[i * BlockTransposition.RowBytes], BlockTransposition.RowBytes);
                }
            }
        }
    }

    /// <summary>A model's input has one to four channels: a call for each of its pixels would take longer than all else.</summary>
    private static void Copy(ref byte from, ref byte to, int bytes)
    {
        if (bytes == BlockTransposition.RowBytes)
        {
            Unsafe.CopyBlockUnaligned(ref to, ref from, BlockTransposition.RowBytes);
            return;
        }

        for (var i = 0; i < bytes; i++)
        {
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
        }
    }
}
