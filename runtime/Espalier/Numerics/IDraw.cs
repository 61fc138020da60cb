namespace Espalier.Numerics;

/// <summary>How a kernel comes by random numbers; a type, so that each gets code of its own.</summary>
internal interface IDraw
{
    static abstract bool IsRandom { get; }

    /// <summary>Whether numbers are drawn before the element at this position.</summary>
    static abstract bool IsDue(nuint position);

    /// <summary>Whether the element at this position takes the last numbers with their halves exchanged.</summary>
    static abstract bool Turns(nuint position);
}

/// <summary>None: nearest rounding.</summary>
internal readonly struct NoDraw : IDraw
{
    public static bool IsRandom => false;

    public static bool IsDue(nuint position) => false;

    public static bool Turns(nuint position) => false;
}

/// <summary>
/// A number for each element: sixteen fresh bits lead, and the sixteen of another element follow. So each is uniform over all 32 bits, and two elements know of each
/// other only what lies below 2⁻¹⁶; a draw serves two vectors.
/// </summary>
internal readonly struct FreshDraw : IDraw
{
    public static bool IsRandom => true;

    public static bool IsDue(nuint position) => (position & RandomLanes.Count) == 0;

    public static bool Turns(nuint position) => (position & RandomLanes.Count) != 0;
}

/// <summary>Sixteen numbers for each block: every element is still rounded without bias, but elements sixteen apart are rounded alike.</summary>
internal readonly struct SharedDraw : IDraw
{
    public static bool IsRandom => true;

    public static bool IsDue(nuint position) => position % GridKernel.SharedBlock == 0;

    public static bool Turns(nuint position) => false;
}
