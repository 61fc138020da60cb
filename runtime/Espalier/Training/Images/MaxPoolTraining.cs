using System;

namespace Espalier;

/// <summary>The largest number of each window; its gradient goes where it came from, to the first of equal ones.</summary>
internal sealed class MaxPoolTraining(TrainingStart start) : PoolTraining(start)
{
    /// <summary>For each result of a batch the place of the number in its row of the batch.</summary>
    private readonly int[] _places = new int[start.Batch * start.Layer.Outputs];

    protected override void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums, bool learns)
    {
        // Of windows that lie apart and within the image, two rows and two columns are by far the most common.
        var halves = Window is { Height: 2, Width: 2, StrideHeight: 2, StrideWidth: 2, PaddingHeight: 0, PaddingWidth: 0, Ceiling: false };
        for (var row = 0; row < batch; row++)
        {
            var from = input.Slice(row * InputStride, Layer.Inputs);
            var to = sums.Slice(row * OutputStride, Layer.Outputs);
            var places = _places.AsSpan(row * Layer.Outputs, Layer.Outputs);
            for (var channel = 0; channel < To.Channels; channel++)
            {
                if (halves)
                {
                    Halve(from, channel * From.Pixels, to.Slice(channel * To.Pixels, To.Pixels), places.Slice(channel * To.Pixels, To.Pixels));
                }
                else
                {
                    Pool(from, channel * From.Pixels, to.Slice(channel * To.Pixels, To.Pixels), places.Slice(channel * To.Pixels, To.Pixels));
                }
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
        for (var row = 0; row < batch; row++)
        {
            var from = sumsGradient.Slice(row * OutputStride, Layer.Outputs);
            var to = inputGradient.Slice(row * InputStride, Layer.Inputs);
            var places = _places.AsSpan(row * Layer.Outputs, Layer.Outputs);
            for (var i = 0; i < from.Length; i++)
            {
                to[places[i]] += from[i];
            }
        }
    }

    private void Halve(ReadOnlySpan<float> image, int start, Span<float> results, Span<int> places)
    {
        var at = 0;
        for (var row = 0; row < To.Height; row++)
        {
            var above = start + (2 * row * From.Width);
            var first = image.Slice(above, From.Width);
            var second = image.Slice(above + From.Width, From.Width);
            for (var column = 0; column < To.Width; column++)
            {
                var (a, b, c, d) = (first[2 * column], first[(2 * column) + 1], second[2 * column], second[(2 * column) + 1]);
                var place = above + (2 * column);
                var (upper, upperPlace) = b > a ? (b, place + 1) : (a, place);
                var (lower, lowerPlace) = d > c ? (d, place + From.Width + 1) : (c, place + From.Width);
                (results[at], places[at]) = lower > upper ? (lower, lowerPlace) : (upper, upperPlace);
                at++;
            }
        }
    }

    private void Pool(ReadOnlySpan<float> image, int start, Span<float> results, Span<int> places)
    {
        var at = 0;
        for (var row = 0; row < To.Height; row++)
        {
            var (firstRow, endRow) = RowsOf(row);
            for (var column = 0; column < To.Width; column++)
            {
                var (firstColumn, endColumn) = ColumnsOf(column);
                var place = start + (firstRow * From.Width) + firstColumn;
                var largest = image[place];
                for (var y = firstRow; y < endRow; y++)
                {
                    for (var x = firstColumn; x < endColumn; x++)
                    {
                        var next = start + (y * From.Width) + x;
                        (largest, place) = image[next] > largest ? (image[next], next) : (largest, place);
                    }
                }

                (results[at], places[at]) = (largest, place);
                at++;
            }
        }
    }
}
