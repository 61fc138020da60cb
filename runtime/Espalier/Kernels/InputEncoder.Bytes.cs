using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Kernels;

public sealed partial class InputEncoder
{
    /// <summary>Codes of raw bytes, by table; the same bits on every tier.</summary>
    /// <param name="raw">The inputs.</param>
    /// <param name="codes">Room for as many codes, as for floats.</param>
    /// <param name="tier">The tier to run on.</param>
    public void Encode(ReadOnlySpan<byte> raw, ref byte codes, InstructionTier tier)
    {
        if (Grid.HasPlanes)
        {
            EncodePlanes(raw, ref codes);
            return;
        }

        var done = tier is InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni ? LookUpBy64(raw, ref codes) : 0;
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        for (var i = done; i < raw.Length; i++)
        {
            Unsafe.Add(ref codes, i) = Unsafe.Add(ref table, raw[i]);
        }
    }

    // Each permutation looks up in half of the table by the low seven bits; the eighth, where blends look, tells which half counts.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int LookUpBy64(ReadOnlySpan<byte> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        var first = Vector512.LoadUnsafe(ref table);
        var second = Vector512.LoadUnsafe(ref table, 64);
        var third = Vector512.LoadUnsafe(ref table, 128);
        var fourth = Vector512.LoadUnsafe(ref table, 192);
        var i = 0;
        for (; i <= raw.Length - 64; i += 64)
        {
            var bytes = Vector512.LoadUnsafe(ref source, (nuint)i);
            var low = Avx512Vbmi.PermuteVar64x8x2(first, bytes, second);
            var high = Avx512Vbmi.PermuteVar64x8x2(third, bytes, fourth);
            Avx512BW.BlendVariable(low, high, bytes).StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        for (; i <= raw.Length - 16; i += 16)
        {
            var bytes = Vector128.LoadUnsafe(ref source, (nuint)i).ToVector256Unsafe().ToVector512Unsafe();
            var low = Avx512Vbmi.PermuteVar64x8x2(first, bytes, second);
            var high = Avx512Vbmi.PermuteVar64x8x2(third, bytes, fourth);
            Avx512BW.BlendVariable(low, high, bytes).GetLower().GetLower().StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }
}
