using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Kernels;

/// <summary>
/// Weights that a kernel comes to in a moment. Large layers read theirs once from afar and some times from the second-level cache; asking for them ahead took a quarter off
/// fp32 layers of 5 MB and more on Sapphire Rapids, where what the processor asks for by itself ends with each page.
/// </summary>
public static class NextWeights
{
    /// <summary>Asks for the line that holds a place. The place may lie behind the last weight: nothing is read.</summary>
    /// <param name="place">The place.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(ref byte place)
    {
        if (Sse.IsSupported)
        {
            // A hint: it does not matter that nothing holds the place still.
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }

    /// <inheritdoc cref="Fetch(ref byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(ref float place) => Fetch(ref Unsafe.As<float, byte>(ref place));

    /// <inheritdoc cref="Fetch(ref byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(ref int place) => Fetch(ref Unsafe.As<int, byte>(ref place));
}
