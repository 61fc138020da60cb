namespace Espalier.Numerics;

/// <summary>How a kernel comes by random numbers; a type, so that each gets code of its own.</summary>
internal interface IDraw
{
    static abstract bool IsRandom { get; }

    /// <summary>Whether the four vectors of a block take different parts of one draw.</summary>
    static abstract bool Turns { get; }

    /// <summary>Whether numbers are drawn before the block at this position, a multiple of <see cref="GridKernel.Block"/>.</summary>
    static abstract bool IsDue(nuint position);
}

/// <summary>None: nearest rounding.</summary>
internal readonly struct NoDraw : IDraw
{
    public static bool IsRandom => false;

    public static bool Turns => false;

    public static bool IsDue(nuint position) => false;
}

/// <summary>
/// A number for each element: a draw serves four vectors, each of which leads with another eight bits of it and goes on with those of the next. So every number is
/// uniform over all 32 bits, and those of two elements sixteen apart are independent but for what lies below 2⁻⁸: the correlation of two roundings is 2⁻⁸ at most.
/// A draw takes six instructions beside the eight that round a vector, which is why it is shared.
/// </summary>
internal readonly struct FreshDraw : IDraw
{
    public static bool IsRandom => true;

    public static bool Turns => true;

    public static bool IsDue(nuint position) => true;
}

/// <summary>Sixteen numbers for each <see cref="GridKernel.SharedBlock"/>: every element is still rounded without bias, but elements sixteen apart are rounded alike.</summary>
internal readonly struct SharedDraw : IDraw
{
    public static bool IsRandom => true;

    public static bool Turns => false;

    public static bool IsDue(nuint position) => position % GridKernel.SharedBlock == 0;
}
