using System;

namespace Espalier;

/// <summary>
/// The numbers on one edge, counted in bins of equal width: 128 KB however many there are. The bins double their width when a number lies beyond them,
/// so a bin is at most 1/4096 of the largest magnitude; both ends are kept exactly. NaN is left out.
/// </summary>
internal sealed class CalibrationHistogram
{
    /// <summary>Bins on either side of 0.</summary>
    private const int Half = 8192;

    private readonly long[] _counts = new long[2 * Half];
    private float _width;

    /// <summary>The smallest number seen; 0 before any.</summary>
    public float Lowest { get; private set; }

    /// <summary>The largest number seen; 0 before any.</summary>
    public float Highest { get; private set; }

    /// <summary>Numbers seen.</summary>
    public long Count { get; private set; }

    public void Add(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                continue;
            }

            Lowest = Count == 0 ? value : Math.Min(Lowest, value);
            Highest = Count == 0 ? value : Math.Max(Highest, value);
            Count++;
            Widen(Math.Abs(value));
            _counts[BinOf(value)]++;
        }
    }

    /// <summary>The number below which a share of all numbers lies, within a bin's width; a share of 1 gives the largest exactly.</summary>
    public float Quantile(double share)
    {
        // As sorted numbers would give it: the one at this place, from 0 on.
        var place = (long)((Count - 1) * share);
        if (place >= Count - 1)
        {
            return Highest;
        }

        var seen = 0L;
        for (var bin = 0; bin < _counts.Length; bin++)
        {
            seen += _counts[bin];
            if (seen > place)
            {
                return Math.Clamp((bin + 1 - Half) * _width, Lowest, Highest);
            }
        }

        return Highest;
    }

    /// <summary>The number above which a share of all numbers lies.</summary>
    public float QuantileFromAbove(double share)
    {
        var place = (long)((Count - 1) * share);
        if (place >= Count - 1)
        {
            return Lowest;
        }

        var seen = 0L;
        for (var bin = _counts.Length - 1; bin >= 0; bin--)
        {
            seen += _counts[bin];
            if (seen > place)
            {
                return Math.Clamp((bin - Half) * _width, Lowest, Highest);
            }
        }

        return Lowest;
    }

    /// <summary>The sum of the squared errors on a grid, every number taken to lie in the middle of its bin.</summary>
    public double SquaredError(ActivationGrid grid)
    {
        var sum = 0.0;
        for (var bin = 0; bin < _counts.Length; bin++)
        {
            if (_counts[bin] != 0)
            {
                var value = Math.Clamp((bin + 0.5f - Half) * _width, Lowest, Highest);
                var error = (double)value - grid.Decode(grid.EncodeSteps(value / grid.Scale));
                sum += _counts[bin] * error * error;
            }
        }

        return sum;
    }

    private int BinOf(float value) => Math.Clamp((int)MathF.Floor(value / _width) + Half, 0, (2 * Half) - 1);

    private void Widen(float magnitude)
    {
        if (magnitude > _width * Half)
        {
            if (_width == 0)
            {
                // A power of two, so that widening moves no number across an edge.
                _width = MathF.ScaleB(1, Math.Max(-120, MathF.ILogB(magnitude) + 1) - 13);
                return;
            }

            while (magnitude > _width * Half)
            {
                Double();
            }
        }
    }

    private void Double()
    {
        for (var bin = Half; bin < _counts.Length; bin++)
        {
            var from = Half + (2 * (bin - Half));
            _counts[bin] = from + 1 < _counts.Length ? _counts[from] + _counts[from + 1] : 0;
        }

        for (var bin = Half - 1; bin >= 0; bin--)
        {
            var from = Half + (2 * (bin - Half));
            _counts[bin] = from >= 0 ? _counts[from] + _counts[from + 1] : 0;
        }

        _width *= 2;
    }
}
