using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Kernels;

/// <summary>
/// Grids whose code 0 stands for 0, as those of images and after rectifiers are: the packs that narrow codes also do the lower limit.
/// Only the upper limit stays in floats, because a conversion turns what is too large into the most negative integer. The x86 minimum
/// gives its second operand when one is NaN, so NaN passes; it converts to the most negative integer as well, as do −∞ and all that is
/// too small, and saturates to code 0: what the scalar form gives. The generic minimum may swap its operands, so none of it stands here.
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
        if (Offset == 0)
        {
            // Images: 49 subtractions of 784 inputs take a hundredth of a prediction of LeNet-300-100. NaN and infinities less 0 are what they were.
            for (; i <= raw.Length - 64; i += 64)
            {
                ref var block = ref Unsafe.Add(ref source, i);
                var a = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, Vector512.LoadUnsafe(ref block) * factor));
                var b = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, Vector512.LoadUnsafe(ref block, 16) * factor));
                var c = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, Vector512.LoadUnsafe(ref block, 32) * factor));
                var d = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, Vector512.LoadUnsafe(ref block, 48) * factor));
                var packed = Avx512BW.PackUnsignedSaturate(Avx512BW.PackSignedSaturate(a, b), Avx512BW.PackSignedSaturate(c, d));
                Avx512F.PermuteVar16x32(packed.AsInt32(), inOrder).AsByte().StoreUnsafe(ref Unsafe.Add(ref codes, i));
            }
        }

        for (; i <= raw.Length - 64; i += 64)
        {
            ref var block = ref Unsafe.Add(ref source, i);
            var a = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref block) - offset) * factor));
            var b = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref block, 16) - offset) * factor));
            var c = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref block, 32) - offset) * factor));
            var d = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref block, 48) - offset) * factor));
            var packed = Avx512BW.PackUnsignedSaturate(Avx512BW.PackSignedSaturate(a, b), Avx512BW.PackSignedSaturate(c, d));
            Avx512F.PermuteVar16x32(packed.AsInt32(), inOrder).AsByte().StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        // What is left of widths like 784, without a call for it. The narrowing takes numbers as unsigned: here the lower limit is an instruction.
        for (; i <= raw.Length - 16; i += 16)
        {
            var a = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref source, (nuint)i) - offset) * factor));
            Avx512F.ConvertToVector128Byte(Avx512F.Max(a, Vector512<int>.Zero)).StoreUnsafe(ref Unsafe.Add(ref codes, i));
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
            var a = Avx.ConvertToVector256Int32(Avx.Min(highest, (Vector256.LoadUnsafe(ref block) - offset) * factor));
            var b = Avx.ConvertToVector256Int32(Avx.Min(highest, (Vector256.LoadUnsafe(ref block, 8) - offset) * factor));
            var c = Avx.ConvertToVector256Int32(Avx.Min(highest, (Vector256.LoadUnsafe(ref block, 16) - offset) * factor));
            var d = Avx.ConvertToVector256Int32(Avx.Min(highest, (Vector256.LoadUnsafe(ref block, 24) - offset) * factor));
            var packed = Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(a, b), Avx2.PackSignedSaturate(c, d));
            Avx2.PermuteVar8x32(packed.AsInt32(), inOrder).AsByte().StoreUnsafe(ref Unsafe.Add(ref codes, i));
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
            var a = Sse2.ConvertToVector128Int32(Sse.Min(highest, (Vector128.LoadUnsafe(ref block) - offset) * factor));
            var b = Sse2.ConvertToVector128Int32(Sse.Min(highest, (Vector128.LoadUnsafe(ref block, 4) - offset) * factor));
            var c = Sse2.ConvertToVector128Int32(Sse.Min(highest, (Vector128.LoadUnsafe(ref block, 8) - offset) * factor));
            var d = Sse2.ConvertToVector128Int32(Sse.Min(highest, (Vector128.LoadUnsafe(ref block, 12) - offset) * factor));
            Sse2.PackUnsignedSaturate(Sse2.PackSignedSaturate(a, b), Sse2.PackSignedSaturate(c, d)).StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }
}
