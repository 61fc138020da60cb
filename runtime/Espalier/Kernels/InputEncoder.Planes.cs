using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Grids of 14 bits: the low seven bits of each code go to one plane, the high seven to another, a fixed distance on.</summary>
public sealed partial class InputEncoder
{
    private void EncodePlanes(ReadOnlySpan<float> raw, ref byte codes, InstructionTier tier)
    {
        ref var high = ref Unsafe.Add(ref codes, ActivationPlanes.Stride(raw.Length));
        var done = tier switch
        {
            InstructionTier.Scalar => 0,
            InstructionTier.Avx512 or InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni => EncodePlanesBy16(raw, ref codes, ref high),
            InstructionTier.Avx2 or InstructionTier.AvxVnni => EncodePlanesBy8Avx2(raw, ref codes, ref high),
            _ => EncodePlanesBy8(raw, ref codes, ref high),
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
    private int EncodePlanesBy16(ReadOnlySpan<float> raw, ref byte low, ref byte high)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector512.Create(Offset);
        var factor = Vector512.Create(StepsPerUnit);
        var lowest = Vector512.Create((float)-Grid.ZeroPoint);
        var highest = Vector512.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector512.Create((int)Grid.ZeroPoint);
        var lowBits = Vector512.Create(ActivationPlanes.PlaneTop);
        var i = 0;
        for (; i <= raw.Length - 16; i += 16)
        {
            // NaN is unequal to itself and becomes 0, as on grids of one plane.
            var steps = (Vector512.LoadUnsafe(ref source, (nuint)i) - offset) * factor;
            steps = Vector512.MinNative(Vector512.MaxNative(steps & Vector512.Equals(steps, steps), lowest), highest);
            var code = Avx512F.ConvertToVector512Int32(steps) + zero;
            Avx512F.ConvertToVector128Byte(code & lowBits).StoreUnsafe(ref low, (nuint)i);
            Avx512F.ConvertToVector128Byte(Vector512.ShiftRightLogical(code, ActivationPlanes.Bits)).StoreUnsafe(ref high, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodePlanesBy8Avx2(ReadOnlySpan<float> raw, ref byte low, ref byte high)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector256.Create(Offset);
        var factor = Vector256.Create(StepsPerUnit);
        var lowest = Vector256.Create((float)-Grid.ZeroPoint);
        var highest = Vector256.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector256.Create((int)Grid.ZeroPoint);
        var lowBits = Vector128.Create((short)ActivationPlanes.PlaneTop);
        var i = 0;
        for (; i <= raw.Length - 8; i += 8)
        {
            var steps = (Vector256.LoadUnsafe(ref source, (nuint)i) - offset) * factor;
            steps = Vector256.MinNative(Vector256.MaxNative(steps & Vector256.Equals(steps, steps), lowest), highest);
            var code = Avx.ConvertToVector256Int32(steps) + zero;
            var narrow = Sse2.PackSignedSaturate(code.GetLower(), code.GetUpper());
            StorePlanes(Sse2.PackUnsignedSaturate(narrow & lowBits, Vector128.ShiftRightLogical(narrow, ActivationPlanes.Bits)), i, ref low, ref high);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodePlanesBy8(ReadOnlySpan<float> raw, ref byte low, ref byte high)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector128.Create(Offset);
        var factor = Vector128.Create(StepsPerUnit);
        var lowest = Vector128.Create((float)-Grid.ZeroPoint);
        var highest = Vector128.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector128.Create((int)Grid.ZeroPoint);
        var lowBits = Vector128.Create((ushort)ActivationPlanes.PlaneTop);
        var i = 0;
        for (; i <= raw.Length - 8; i += 8)
        {
            var a = (Vector128.LoadUnsafe(ref source, (nuint)i) - offset) * factor;
            var b = (Vector128.LoadUnsafe(ref source, (nuint)i + 4) - offset) * factor;
            a = Vector128.MinNative(Vector128.MaxNative(a & Vector128.Equals(a, a), lowest), highest);
            b = Vector128.MinNative(Vector128.MaxNative(b & Vector128.Equals(b, b), lowest), highest);
            var first = Vector128.ConvertToInt32Native(Vector128.Round(a)) + zero;
            var second = Vector128.ConvertToInt32Native(Vector128.Round(b)) + zero;
            var narrow = Vector128.Narrow(first.AsUInt32(), second.AsUInt32());
            StorePlanes(Vector128.Narrow(narrow & lowBits, Vector128.ShiftRightLogical(narrow, ActivationPlanes.Bits)), i, ref low, ref high);
        }

        return i;
    }

    /// <summary>Eight low parts and eight high ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePlanes(Vector128<byte> both, int at, ref byte low, ref byte high)
    {
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref low, at), both.AsUInt64().GetElement(0));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref high, at), both.AsUInt64().GetElement(1));
    }
}
