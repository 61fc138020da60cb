using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier;

/// <summary>The largest number of each window; its gradient goes where it came from, to the first of equal ones.</summary>
internal sealed class MaxPoolTraining(TrainingStart start) : PoolTraining(start)
{
    /// <summary>For each result of a batch the place of the number in its row of the batch.</summary>
    private readonly int[] _places = new int[start.Batch * start.Layer.Outputs];

    /// <summary>Whether most numbers are no window's largest: then the layer before is better told where the others are.</summary>
    public bool HasFewWinners => WinnerGradients.LeastShare * To.Pixels <= From.Pixels;

    /// <summary>Gradients of the last forward pass's results, with the places that they go to.</summary>
    public WinnerGradients Winners(ReadOnlySpan<float> gradients) => new(gradients, OutputStride, _places, To.Pixels);

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
        const int lanes = 4;
        var (even, odd) = (Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6), Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7));
        var steps = Vector128.Create(0, 2, 4, 6);
        for (var row = 0; row < To.Height; row++)
        {
            var above = start + (2 * row * From.Width);
            var first = image.Slice(above, 2 * To.Width);
            var second = image.Slice(above + From.Width, 2 * To.Width);
            var to = results.Slice(row * To.Width, To.Width);
            var at = places.Slice(row * To.Width, To.Width);
            var column = 0;
            for (; column <= to.Length - lanes; column += lanes)
            {
                // Which of four numbers is the largest is chance: branches would be wrong half of the time.
                var upper = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(first), (nuint)(2 * column));
                var lower = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(second), (nuint)(2 * column));
                var (a, b) = (Vector256.Shuffle(upper, even).GetLower(), Vector256.Shuffle(upper, odd).GetLower());
                var (c, d) = (Vector256.Shuffle(lower, even).GetLower(), Vector256.Shuffle(lower, odd).GetLower());
                var (isRight, isLowerRight) = (Vector128.GreaterThan(b, a), Vector128.GreaterThan(d, c));
                var (top, bottom) = (Vector128.ConditionalSelect(isRight, b, a), Vector128.ConditionalSelect(isLowerRight, d, c));
                var isBelow = Vector128.GreaterThan(bottom, top);
                var right = Vector128.ConditionalSelect(isBelow, isLowerRight, isRight).AsInt32() & Vector128<int>.One;
                var place = Vector128.Create(above + (2 * column)) + steps + right + (isBelow.AsInt32() & Vector128.Create(From.Width));
                Vector128.ConditionalSelect(isBelow, bottom, top).StoreUnsafe(ref MemoryMarshal.GetReference(to), (nuint)column);
                place.StoreUnsafe(ref MemoryMarshal.GetReference(at), (nuint)column);
            }

            for (; column < to.Length; column++)
            {
                var place = above + (2 * column);
                var upper = place + (image[place + 1] > image[place] ? 1 : 0);
                var lower = place + From.Width + (image[place + From.Width + 1] > image[place + From.Width] ? 1 : 0);
                at[column] = image[lower] > image[upper] ? lower : upper;
                to[column] = image[at[column]];
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
