using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Espalier.Numerics;

/// <summary>
/// Which of 64 numbers are not 0, as bits. How many bits of a mask are set is what a processor cannot foresee, so one mask for 64
/// numbers walks through pruned weights faster than one for each vector.
/// </summary>
internal static class NonzeroMasks
{
    /// <summary>Numbers of a mask.</summary>
    public const int Width = 64;

    /// <param name="first">The first of 64 numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ref sbyte first) => ~(Zeros(ref first, 0) | (Zeros(ref first, 16) << 16) | (Zeros(ref first, 32) << 32) | (Zeros(ref first, 48) << 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Zeros(ref sbyte first, nuint at) => Vector128.Equals(Vector128.LoadUnsafe(ref first, at), default).ExtractMostSignificantBits();
}
