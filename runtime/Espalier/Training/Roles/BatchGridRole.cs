using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Integers on a grid for each batch, whose step is the smallest power of two with which the largest number still fits (as in NITI: Wang et al., 2022). A range that is
/// not finite leaves the numbers as they are, so that it is noticed.
/// </summary>
internal sealed class BatchGridRole(int top, Rounding rounding, RandomDraw draw, RandomNumbers seeds) : NumberRole
{
    private readonly GridRounding _rounding = new(rounding, draw, seeds);

    public override void Round(Span<float> values)
    {
        var largest = LargestMagnitude.Of(values);
        if (largest > 0 && float.IsFinite(largest))
        {
            var grid = WeightGrid.FixedPoint(largest, top);
            _rounding.Round(values, grid.Step, grid.Top);
        }
    }

    public override void Visit(StateStream state)
    {
        if (rounding == Rounding.Stochastic)
        {
            _rounding.Visit(state);
        }
    }
}
