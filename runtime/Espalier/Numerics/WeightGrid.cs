using System;

namespace Espalier.Numerics;

/// <summary>A signed, uniform grid: the multiples of a step from −top to top.</summary>
internal readonly record struct WeightGrid(float Step, int Top)
{
    /// <summary>The number of steps of the nearest grid point, halves to the even one.</summary>
    public int Nearest(float value) => (int)Math.Clamp(MathF.Round(value / Step, MidpointRounding.ToEven), -Top, Top);

    /// <summary>Up with the probability of the fraction, down otherwise: 0 error on average (Gupta et al., 2015).</summary>
    public int Stochastic(float value, RandomNumbers random)
    {
        var steps = Math.Clamp(value / Step, -Top, Top);

        // The fraction is exact, while steps + random would round up to the next step now and then, even from a grid point.
        var below = MathF.Floor(steps);
        return (int)below + (random.Uniform() < steps - below ? 1 : 0);
    }

    /// <summary>Puts every number on the grid.</summary>
    public void Round(Span<float> values, Rounding rounding, RandomNumbers random)
    {
        foreach (ref var value in values)
        {
            value = Step * (rounding == Rounding.Stochastic ? Stochastic(value, random) : Nearest(value));
        }
    }
}
