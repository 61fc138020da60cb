using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Weights as 16-bit multiples of a step.</summary>
internal sealed class ShortPoints(int count, WeightGrid grid, GridRounding rounding) : WeightPoints
{
    private readonly short[] _points = new short[count];

    public override float? Step => grid.Step;

    public override void Place(Span<float> weights, RandomNumbers seeds) => new GridRounding(Rounding.Stochastic, rounding.Draw, seeds).Update(weights, _points, grid);

    public override UpdateCounts Update(Span<float> weights) => rounding.Update(weights, _points, grid);

    public override void Round(Span<float> centroids) => rounding.Round(centroids, grid.Step, grid.Top);

    public override void Decode(Span<float> weights)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = _points[i] * grid.Step;
        }
    }

    public override void VisitPoints(StateStream state) => state.Numbers<short>(_points);

    public override void VisitRandom(StateStream state) => rounding.Visit(state);
}
