using System;
using Espalier.Planning;

namespace Espalier;

/// <summary>The mean of each window; each of its numbers gets its share of the gradient.</summary>
internal sealed class AveragePoolTraining(TrainingStart start) : PoolTraining(start)
{
    private readonly bool _countsPadding = AveragePoolKind.CountsPadding(start.Layer.ToDefinition().Arguments);

    protected override void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums, bool learns)
    {
        for (var plane = 0; plane < batch * To.Channels; plane++)
        {
            var from = input.Slice(InputAt(plane), From.Pixels);
            var to = sums.Slice(OutputAt(plane), To.Pixels);
            for (var i = 0; i < to.Length; i++)
            {
                var ((firstRow, endRow), (firstColumn, endColumn)) = (RowsOf(i / To.Width), ColumnsOf(i % To.Width));
                var sum = 0f;
                for (var y = firstRow; y < endRow; y++)
                {
                    for (var x = firstColumn; x < endColumn; x++)
                    {
                        sum += from[(y * From.Width) + x];
                    }
                }

                to[i] = sum / Count(i);
            }
        }
    }

    protected override void Backward(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        if (inputGradient.IsEmpty)
        {
            return;
        }

        inputGradient[..(batch * InputStride)].Clear();
        for (var plane = 0; plane < batch * To.Channels; plane++)
        {
            var from = sumsGradient.Slice(OutputAt(plane), To.Pixels);
            var to = inputGradient.Slice(InputAt(plane), From.Pixels);
            for (var i = 0; i < from.Length; i++)
            {
                var ((firstRow, endRow), (firstColumn, endColumn)) = (RowsOf(i / To.Width), ColumnsOf(i % To.Width));
                var share = from[i] / Count(i);
                for (var y = firstRow; y < endRow; y++)
                {
                    for (var x = firstColumn; x < endColumn; x++)
                    {
                        to[(y * From.Width) + x] += share;
                    }
                }
            }
        }
    }

    /// <summary>Numbers of a window: those within the image, or within the image and its padding.</summary>
    private int Count(int result)
    {
        var (row, column) = (result / To.Width, result % To.Width);
        if (!_countsPadding)
        {
            var ((firstRow, endRow), (firstColumn, endColumn)) = (RowsOf(row), ColumnsOf(column));
            return (endRow - firstRow) * (endColumn - firstColumn);
        }

        return Length(row, Window.StrideHeight, Window.Height, From.Height + (2 * Window.PaddingHeight)) * Length(column, Window.StrideWidth, Window.Width, From.Width + (2 * Window.PaddingWidth));

        static int Length(int at, int stride, int window, int size) => Math.Min(window, size - (at * stride));
    }

    private int InputAt(int plane) => (plane / To.Channels * InputStride) + (plane % To.Channels * From.Pixels);

    private int OutputAt(int plane) => (plane / To.Channels * OutputStride) + (plane % To.Channels * To.Pixels);
}
