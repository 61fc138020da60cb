namespace Espalier;

/// <summary>How a number between two grid points finds its place.</summary>
public enum Rounding
{
    /// <summary>To the nearest point, halves to the even one: errs by half a step at most, and loses every update smaller than that.</summary>
    Nearest = 0,

    /// <summary>Up with the probability of the fraction, down otherwise: errs by less than a step, and by 0 on average.</summary>
    Stochastic = 1,
}
