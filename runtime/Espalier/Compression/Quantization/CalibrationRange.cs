using System;
using System.Collections.Generic;

namespace Espalier;

/// <summary>The range of the numbers on one edge, seen on training samples.</summary>
internal sealed class CalibrationRange
{
    private readonly List<float> _values = [];

    public void Add(ReadOnlySpan<float> values) => _values.AddRange(values);

    /// <summary>A grid that holds the given share of what was seen: outliers are clamped, so that the rest gets finer steps.</summary>
    /// <param name="top">The largest code.</param>
    /// <param name="share">The share of the values, from each end, that the grid must hold.</param>
    public ActivationGrid Grid(int top, double share)
    {
        _values.Sort();
        var last = _values.Count - 1;
        var highest = _values.Count == 0 ? 1 : Math.Max(0, _values[(int)(last * share)]);
        var lowest = _values.Count == 0 ? 0 : Math.Min(0, _values[last - (int)(last * share)]);
        if (highest - lowest < 1e-12f)
        {
            return new ActivationGrid(1f / top, 0, (ushort)top);
        }

        var scale = (highest - lowest) / top;
        return new ActivationGrid(scale, (ushort)Math.Clamp(MathF.Round(-lowest / scale), 0, top), (ushort)top);
    }
}
