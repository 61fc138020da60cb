using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// A layer's weights where there are no master weights: points of a grid are all that is kept between steps. The floats that products read are decoded from them and
/// hold nothing more. One class per grid, listed in <see cref="WeightPointKinds"/>.
/// </summary>
internal abstract class WeightPoints
{
    /// <summary>The distance of two points where that is one number, else null.</summary>
    public virtual float? Step => null;

    /// <summary>Puts first weights on points, by chance: to nearest, a coarse grid would have them all at 0.</summary>
    /// <param name="weights">A multiple of sixteen.</param>
    /// <param name="seeds">Where random numbers start.</param>
    public abstract void Place(Span<float> weights, RandomNumbers seeds);

    /// <summary>Rounds weights that a step has moved off their points; they are on points afterwards.</summary>
    /// <param name="weights">As many as were placed.</param>
    public abstract UpdateCounts Update(Span<float> weights);

    /// <summary>Puts centroids that a step has moved on the grid; they are floats of a codebook, so there are no points of theirs to keep.</summary>
    public abstract void Round(Span<float> centroids);

    /// <summary>The weights that the points stand for.</summary>
    public abstract void Decode(Span<float> weights);

    /// <summary>Saves the points, or puts them back.</summary>
    public abstract void VisitPoints(StateStream state);

    /// <summary>Saves where the random numbers stand, or goes there.</summary>
    public abstract void VisitRandom(StateStream state);
}
