using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>Sums of a rectified layer as codes 0 to 127 of the next one: multiply, clamp, round half to even, as the compiled kernels do.</summary>
internal static class RectifiedCodes
{
    /// <param name="sums">Any number of sums, a multiple of sixteen.</param>
    /// <param name="multiplier">From a sum to steps of the next layer's grid.</param>
    /// <param name="codes">As many codes.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Round(ReadOnlySpan<int> sums, float multiplier, Span<byte> codes)
    {
        _ = sums.IsEmpty ? 0 : codes[sums.Length - 1];
        ref var from = ref MemoryMarshal.GetReference(sums);
        ref var to = ref MemoryMarshal.GetReference(codes);
        var (factor, top) = (Vector512.Create(multiplier), Vector512.Create(127f));
        for (nuint i = 0; i < (nuint)sums.Length; i += (nuint)Vector512<int>.Count)
        {
            var steps = Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref from, i)) * factor;
            var rounded = Vector512.ConvertToInt32Native(Vector512.Round(Vector512.MinNative(top, Vector512.MaxNative(Vector512<float>.Zero, steps))));
            if (Avx512F.IsSupported)
            {
                Avx512F.ConvertToVector128Byte(rounded.AsUInt32()).StoreUnsafe(ref to, i);
            }
            else
            {
                Vector128.Narrow(
                    Vector128.Narrow(rounded.GetLower().GetLower(), rounded.GetLower().GetUpper()),
                    Vector128.Narrow(rounded.GetUpper().GetLower(), rounded.GetUpper().GetUpper())).AsByte().StoreUnsafe(ref to, i);
            }
        }
    }
}
