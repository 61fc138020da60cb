using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Kernels;

/// <summary>
/// Grids whose zero point is 0, as inputs that are never negative have: three instructions fewer for each vector. The minimum
/// of the processor gives its second operand where one is NaN, the conversion turns NaN and what is below all integers into the
/// lowest integer, and packing without a sign turns everything negative into code 0, where the grid has NaN too.
/// </summary>
public sealed partial class InputEncoder
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeFromZeroBy64(ReadOnlySpan<float> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector512.Create(Offset);
        var factor = Vector512.Create(StepsPerUnit);
        var highest = Vector512.Create((float)Grid.Top);
        var inOrder = Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        var i = 0;
        for (; i <= raw.Length - 64; i += 64)
        {
            ref var block = ref Unsafe.Add(ref source, i);
            var a = Avx512F.Min(highest, (Vector512.LoadUnsafe(ref block) - offset) * factor);
            var b = Avx512F.Min(highest, (Vector512.LoadUnsafe(ref block, 16) - offset) * factor);
            var c = Avx512F.Min(highest, (Vector512.LoadUnsafe(ref block, 32) - offset) * factor);
            var d = Avx512F.Min(highest, (Vector512.LoadUnsafe(ref block, 48) - offset) * factor);
            var low = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(a), Avx512F.ConvertToVector512Int32(b));
            var high = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(c), Avx512F.ConvertToVector512Int32(d));
            Avx512F.PermuteVar16x32(Avx512BW.PackUnsignedSaturate(low, high).AsInt32(), inOrder).AsByte().StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeFromZeroBy32(ReadOnlySpan<float> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector256.Create(Offset);
        var factor = Vector256.Create(StepsPerUnit);
        var highest = Vector256.Create((float)Grid.Top);
        var inOrder = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        var i = 0;
        for (; i <= raw.Length - 32; i += 32)
        {
            ref var block = ref Unsafe.Add(ref source, i);
            var a = Avx.Min(highest, (Vector256.LoadUnsafe(ref block) - offset) * factor);
            var b = Avx.Min(highest, (Vector256.LoadUnsafe(ref block, 8) - offset) * factor);
            var c = Avx.Min(highest, (Vector256.LoadUnsafe(ref block, 16) - offset) * factor);
            var d = Avx.Min(highest, (Vector256.LoadUnsafe(ref block, 24) - offset) * factor);
            var low = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(a), Avx.ConvertToVector256Int32(b));
            var high = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(c), Avx.ConvertToVector256Int32(d));
            Avx2.PermuteVar8x32(Avx2.PackUnsignedSaturate(low, high).AsInt32(), inOrder).AsByte().StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeFromZeroBy16(ReadOnlySpan<float> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector128.Create(Offset);
        var factor = Vector128.Create(StepsPerUnit);
        var highest = Vector128.Create((float)Grid.Top);
        var i = 0;
        for (; i <= raw.Length - 16; i += 16)
        {
            ref var block = ref Unsafe.Add(ref source, i);
            var a = Sse.Min(highest, (Vector128.LoadUnsafe(ref block) - offset) * factor);
            var b = Sse.Min(highest, (Vector128.LoadUnsafe(ref block, 4) - offset) * factor);
            var c = Sse.Min(highest, (Vector128.LoadUnsafe(ref block, 8) - offset) * factor);
            var d = Sse.Min(highest, (Vector128.LoadUnsafe(ref block, 12) - offset) * factor);
            var low = Sse2.PackSignedSaturate(Sse2.ConvertToVector128Int32(a), Sse2.ConvertToVector128Int32(b));
            var high = Sse2.PackSignedSaturate(Sse2.ConvertToVector128Int32(c), Sse2.ConvertToVector128Int32(d));
            Sse2.PackUnsignedSaturate(low, high).StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }
}
