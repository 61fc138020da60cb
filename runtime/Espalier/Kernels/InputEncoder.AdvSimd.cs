using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Espalier.Kernels;

public sealed partial class InputEncoder
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeBy16AdvSimd(ReadOnlySpan<float> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector128.Create(Offset);
        var factor = Vector128.Create(StepsPerUnit);
        var lowest = Vector128.Create((float)-Grid.ZeroPoint);
        var highest = Vector128.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector128.Create((int)Grid.ZeroPoint);
        var i = 0;
        for (; i <= raw.Length - 16; i += 16)
        {
            ref var block = ref Unsafe.Add(ref source, i);
            var a = (Vector128.LoadUnsafe(ref block) - offset) * factor;
            var b = (Vector128.LoadUnsafe(ref block, 4) - offset) * factor;
            var c = (Vector128.LoadUnsafe(ref block, 8) - offset) * factor;
            var d = (Vector128.LoadUnsafe(ref block, 12) - offset) * factor;
            a = Vector128.MinNative(Vector128.MaxNative(a & Vector128.Equals(a, a), lowest), highest);
            b = Vector128.MinNative(Vector128.MaxNative(b & Vector128.Equals(b, b), lowest), highest);
            c = Vector128.MinNative(Vector128.MaxNative(c & Vector128.Equals(c, c), lowest), highest);
            d = Vector128.MinNative(Vector128.MaxNative(d & Vector128.Equals(d, d), lowest), highest);

            // Codes are at most 255: the lowest byte of each 32 bits is the code, and taking every second half twice keeps those.
            var low = AdvSimd.Arm64.UnzipEven((AdvSimd.ConvertToInt32RoundToEven(a) + zero).AsInt16(), (AdvSimd.ConvertToInt32RoundToEven(b) + zero).AsInt16());
            var high = AdvSimd.Arm64.UnzipEven((AdvSimd.ConvertToInt32RoundToEven(c) + zero).AsInt16(), (AdvSimd.ConvertToInt32RoundToEven(d) + zero).AsInt16());
            AdvSimd.Arm64.UnzipEven(low.AsByte(), high.AsByte()).StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }
}
