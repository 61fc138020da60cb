using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Grids of 14 bits: the low seven bits of each code go to one plane, the high seven to another, a fixed distance on. Whole vectors are stored, as for one plane: the first layer's loads can take them before they reach the cache.</summary>
public sealed partial class InputEncoder
{
    private void EncodePlanes(ReadOnlySpan<float> raw, ref byte codes, InstructionTier tier)
    {
        ref var high = ref Unsafe.Add(ref codes, ActivationPlanes.Stride(raw.Length));
        var done = tier switch
        {
            InstructionTier.Scalar => 0,
            InstructionTier.Avx512 or InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni => EncodePlanesBy64(raw, ref codes, ref high),
            InstructionTier.Avx2 or InstructionTier.AvxVnni => EncodePlanesBy32(raw, ref codes, ref high),
            _ => EncodePlanesBy16(raw, ref codes, ref high),
        };
        for (var i = done; i < raw.Length; i++)
        {
            var code = Encode(raw[i]);
            Unsafe.Add(ref codes, i) = (byte)(code & ActivationPlanes.PlaneTop);
            Unsafe.Add(ref high, i) = (byte)(code >> ActivationPlanes.Bits);
        }
    }

    private void EncodePlanes(ReadOnlySpan<byte> raw, ref byte codes)
    {
        ref var high = ref Unsafe.Add(ref codes, ActivationPlanes.Stride(raw.Length));
        ref var lowTable = ref MemoryMarshal.GetArrayDataReference(_table);
        ref var highTable = ref MemoryMarshal.GetArrayDataReference(_highTable);
        for (var i = 0; i < raw.Length; i++)
        {
            Unsafe.Add(ref codes, i) = Unsafe.Add(ref lowTable, raw[i]);
            Unsafe.Add(ref high, i) = Unsafe.Add(ref highTable, raw[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodePlanesBy64(ReadOnlySpan<float> raw, ref byte low, ref byte high)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector512.Create(Offset);
        var factor = Vector512.Create(StepsPerUnit);
        var lowest = Vector512.Create((float)-Grid.ZeroPoint);
        var highest = Vector512.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector512.Create((int)Grid.ZeroPoint);
        var lowBits = Vector512.Create((short)ActivationPlanes.PlaneTop);

        // Packing works in quarters of 128 bits: this order of the fours of codes undoes it.
        var inOrder = Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        var i = 0;
        for (; i <= raw.Length - 64; i += 64)
        {
            // NaN is unequal to itself and becomes 0, as on grids of one plane.
            ref var block = ref Unsafe.Add(ref source, i);
            var a = (Vector512.LoadUnsafe(ref block) - offset) * factor;
            var b = (Vector512.LoadUnsafe(ref block, 16) - offset) * factor;
            var c = (Vector512.LoadUnsafe(ref block, 32) - offset) * factor;
            var d = (Vector512.LoadUnsafe(ref block, 48) - offset) * factor;
            a = Vector512.MinNative(Vector512.MaxNative(a & Vector512.Equals(a, a), lowest), highest);
            b = Vector512.MinNative(Vector512.MaxNative(b & Vector512.Equals(b, b), lowest), highest);
            c = Vector512.MinNative(Vector512.MaxNative(c & Vector512.Equals(c, c), lowest), highest);
            d = Vector512.MinNative(Vector512.MaxNative(d & Vector512.Equals(d, d), lowest), highest);

            // Codes end at 16383: the signed packs change none.
            var first = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(a) + zero, Avx512F.ConvertToVector512Int32(b) + zero);
            var second = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(c) + zero, Avx512F.ConvertToVector512Int32(d) + zero);
            var lows = Avx512BW.PackUnsignedSaturate(first & lowBits, second & lowBits);
            var highs = Avx512BW.PackUnsignedSaturate(Vector512.ShiftRightLogical(first, ActivationPlanes.Bits), Vector512.ShiftRightLogical(second, ActivationPlanes.Bits));
            Avx512F.PermuteVar16x32(lows.AsInt32(), inOrder).AsByte().StoreUnsafe(ref low, (nuint)i);
            Avx512F.PermuteVar16x32(highs.AsInt32(), inOrder).AsByte().StoreUnsafe(ref high, (nuint)i);
        }

        // What is left of widths like 784.
        var lowBitsOf32 = Vector512.Create(ActivationPlanes.PlaneTop);
        for (; i <= raw.Length - 16; i += 16)
        {
            var steps = (Vector512.LoadUnsafe(ref source, (nuint)i) - offset) * factor;
            steps = Vector512.MinNative(Vector512.MaxNative(steps & Vector512.Equals(steps, steps), lowest), highest);
            var code = Avx512F.ConvertToVector512Int32(steps) + zero;
            Avx512F.ConvertToVector128Byte(code & lowBitsOf32).StoreUnsafe(ref low, (nuint)i);
            Avx512F.ConvertToVector128Byte(Vector512.ShiftRightLogical(code, ActivationPlanes.Bits)).StoreUnsafe(ref high, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodePlanesBy32(ReadOnlySpan<float> raw, ref byte low, ref byte high)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector256.Create(Offset);
        var factor = Vector256.Create(StepsPerUnit);
        var lowest = Vector256.Create((float)-Grid.ZeroPoint);
        var highest = Vector256.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector256.Create((int)Grid.ZeroPoint);
        var lowBits = Vector256.Create((short)ActivationPlanes.PlaneTop);
        var inOrder = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        var i = 0;
        for (; i <= raw.Length - 32; i += 32)
        {
            // NaN is unequal to itself and becomes 0, as on grids of one plane.
            ref var block = ref Unsafe.Add(ref source, i);
            var a = (Vector256.LoadUnsafe(ref block) - offset) * factor;
            var b = (Vector256.LoadUnsafe(ref block, 8) - offset) * factor;
            var c = (Vector256.LoadUnsafe(ref block, 16) - offset) * factor;
            var d = (Vector256.LoadUnsafe(ref block, 24) - offset) * factor;
            a = Vector256.MinNative(Vector256.MaxNative(a & Vector256.Equals(a, a), lowest), highest);
            b = Vector256.MinNative(Vector256.MaxNative(b & Vector256.Equals(b, b), lowest), highest);
            c = Vector256.MinNative(Vector256.MaxNative(c & Vector256.Equals(c, c), lowest), highest);
            d = Vector256.MinNative(Vector256.MaxNative(d & Vector256.Equals(d, d), lowest), highest);

            var first = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(a) + zero, Avx.ConvertToVector256Int32(b) + zero);
            var second = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(c) + zero, Avx.ConvertToVector256Int32(d) + zero);
            var lows = Avx2.PackUnsignedSaturate(first & lowBits, second & lowBits);
            var highs = Avx2.PackUnsignedSaturate(Vector256.ShiftRightLogical(first, ActivationPlanes.Bits), Vector256.ShiftRightLogical(second, ActivationPlanes.Bits));
            Avx2.PermuteVar8x32(lows.AsInt32(), inOrder).AsByte().StoreUnsafe(ref low, (nuint)i);
            Avx2.PermuteVar8x32(highs.AsInt32(), inOrder).AsByte().StoreUnsafe(ref high, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodePlanesBy16(ReadOnlySpan<float> raw, ref byte low, ref byte high)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector128.Create(Offset);
        var factor = Vector128.Create(StepsPerUnit);
        var lowest = Vector128.Create((float)-Grid.ZeroPoint);
        var highest = Vector128.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector128.Create((int)Grid.ZeroPoint);
        var lowBits = Vector128.Create((ushort)ActivationPlanes.PlaneTop);
        var i = 0;
        for (; i <= raw.Length - 16; i += 16)
        {
            // NaN is unequal to itself and becomes 0, as on grids of one plane.
            ref var block = ref Unsafe.Add(ref source, i);
            var a = (Vector128.LoadUnsafe(ref block) - offset) * factor;
            var b = (Vector128.LoadUnsafe(ref block, 4) - offset) * factor;
            var c = (Vector128.LoadUnsafe(ref block, 8) - offset) * factor;
            var d = (Vector128.LoadUnsafe(ref block, 12) - offset) * factor;
            a = Vector128.MinNative(Vector128.MaxNative(a & Vector128.Equals(a, a), lowest), highest);
            b = Vector128.MinNative(Vector128.MaxNative(b & Vector128.Equals(b, b), lowest), highest);
            c = Vector128.MinNative(Vector128.MaxNative(c & Vector128.Equals(c, c), lowest), highest);
            d = Vector128.MinNative(Vector128.MaxNative(d & Vector128.Equals(d, d), lowest), highest);

            var first = Vector128.Narrow((Vector128.ConvertToInt32Native(Vector128.Round(a)) + zero).AsUInt32(), (Vector128.ConvertToInt32Native(Vector128.Round(b)) + zero).AsUInt32());
            var second = Vector128.Narrow((Vector128.ConvertToInt32Native(Vector128.Round(c)) + zero).AsUInt32(), (Vector128.ConvertToInt32Native(Vector128.Round(d)) + zero).AsUInt32());
            Vector128.Narrow(first & lowBits, second & lowBits).StoreUnsafe(ref low, (nuint)i);
            Vector128.Narrow(Vector128.ShiftRightLogical(first, ActivationPlanes.Bits), Vector128.ShiftRightLogical(second, ActivationPlanes.Bits)).StoreUnsafe(ref high, (nuint)i);
        }

        return i;
    }
}
