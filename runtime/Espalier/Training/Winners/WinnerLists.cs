using System;

namespace Espalier;

/// <summary>The gradients of one image by its pixels: for each pixel the channels that have one there.</summary>
internal sealed class WinnerLists(int pixels, int channels)
{
    private readonly int[] _ends = new int[pixels + 1];

    /// <summary>Which window of which channel comes where.</summary>
    private int[] _positions = [];
    private float[] _values = [];

    /// <summary>Sorts them; channels stay in their order.</summary>
    /// <param name="gradients">A number for each window, channel after channel.</param>
    /// <param name="places">The number's channel, times the pixels of one, and pixel.</param>
    /// <param name="windows">Windows of a channel.</param>
    /// <param name="step">What a channel counts in the positions of the lists.</param>
    public void Read(ReadOnlySpan<float> gradients, ReadOnlySpan<int> places, int windows, int step)
    {
        if (_positions.Length < places.Length)
        {
            (_positions, _values) = (new int[places.Length], new float[places.Length]);
        }

        Array.Clear(_ends);
        for (var channel = 0; channel < channels; channel++)
        {
            foreach (var place in places.Slice(channel * windows, windows))
            {
                _ends[place - (channel * pixels) + 1]++;
            }
        }

        for (var pixel = 0; pixel < pixels; pixel++)
        {
            _ends[pixel + 1] += _ends[pixel];
        }

        // Each begin moves on to its end, which is where the next one began.
        for (var channel = 0; channel < channels; channel++)
        {
            for (var window = channel * windows; window < (channel + 1) * windows; window++)
            {
                var at = _ends[places[window] - (channel * pixels)]++;
                (_positions[at], _values[at]) = (channel * step, gradients[window]);
            }
        }
    }

    /// <summary>The channels of a pixel, as positions, and their gradients.</summary>
    public ReadOnlySpan<int> Positions(int pixel, out ReadOnlySpan<float> values)
    {
        var start = pixel == 0 ? 0 : _ends[pixel - 1];
        values = _values.AsSpan(start, _ends[pixel] - start);
        return _positions.AsSpan(start, _ends[pixel] - start);
    }
}
