namespace Espalier;

/// <summary>How stochastic rounding comes by its random numbers.</summary>
public enum RandomDraw
{
    /// <summary>A number for each element.</summary>
    Fresh = 0,

    /// <summary>One vector of numbers for many elements (De Sa et al., 2017): each element is rounded without bias, but not independently of the others.</summary>
    Shared = 1,
}
