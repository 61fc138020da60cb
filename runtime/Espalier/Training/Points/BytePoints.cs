using System;
using System.Numerics;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Weights as 8-bit multiples of a step.</summary>
internal sealed class BytePoints(int count, WeightGrid grid, GridRounding rounding) : WeightPoints
{
    /// <summary>Points are widened for the kernel in blocks that stay in the first-level cache.</summary>
    private const int Block = 4096;

    private readonly sbyte[] _points = new sbyte[count];
    private readonly short[] _wide = new short[Math.Min(count, Block)];

    public override float? Step => grid.Step;

    public override void Place(Span<float> weights, RandomNumbers seeds) => Round(weights, new GridRounding(Rounding.Stochastic, rounding.Draw, seeds));

    public override UpdateCounts Update(Span<float> weights) => Round(weights, rounding);

    public override void Round(Span<float> centroids) => rounding.Round(centroids, grid.Step, grid.Top);

    public override void Decode(Span<float> weights)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = _points[i] * grid.Step;
        }
    }

    public override void VisitPoints(StateStream state) => state.Numbers<sbyte>(_points);

    public override void VisitRandom(StateStream state) => rounding.Visit(state);

    private UpdateCounts Round(Span<float> weights, GridRounding by)
    {
        var counts = default(UpdateCounts);
        for (var start = 0; start < weights.Length; start += Block)
        {
            var length = Math.Min(Block, weights.Length - start);
            var points = _points.AsSpan(start, length);
            var wide = _wide.AsSpan(0, length);
            var i = 0;
            for (; i <= length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
            {
                Vector.Widen(new Vector<sbyte>(points[i..]), out var low, out var high);
                low.CopyTo(wide[i..]);
                high.CopyTo(wide[(i + Vector<short>.Count)..]);
            }

            for (; i < length; i++)
            {
                wide[i] = points[i];
            }

            counts += by.Update(weights.Slice(start, length), wide, grid);
            for (i = 0; i <= length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
            {
                Vector.Narrow(new Vector<short>(wide[i..]), new Vector<short>(wide[(i + Vector<short>.Count)..])).CopyTo(points[i..]);
            }

            for (; i < length; i++)
            {
                points[i] = (sbyte)wide[i];
            }
        }

        return counts;
    }
}
