using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>How raw inputs become codes: one subtraction and one multiplication, then the grid. Bytes go through a table of 256.</summary>
public sealed partial class InputEncoder
{
    private readonly byte[] _table = new byte[256];
    private readonly byte[] _highTable = [];

    /// <summary>Normalisation and grid become one subtraction and one multiplication.</summary>
    public InputEncoder(Normalisation normalisation, ActivationGrid grid)
    {
        Offset = normalisation.Offset;
        StepsPerUnit = (float)((double)normalisation.Factor / grid.Scale);
        Grid = grid;
        if (grid.HasPlanes)
        {
            _highTable = new byte[256];
        }

        for (var raw = 0; raw < 256; raw++)
        {
            var code = Encode(raw);
            _table[raw] = (byte)(grid.HasPlanes ? code & ActivationPlanes.PlaneTop : code);
            if (grid.HasPlanes)
            {
                _highTable[raw] = (byte)(code >> ActivationPlanes.Bits);
            }
        }
    }

    /// <summary>What is subtracted from a raw input.</summary>
    public float Offset { get; }

    /// <summary>What the difference is multiplied by.</summary>
    public float StepsPerUnit { get; }

    /// <summary>The grid of the codes.</summary>
    public ActivationGrid Grid { get; }

    /// <summary>The code of every raw byte; on a grid of 14 bits its low seven.</summary>
    public ReadOnlySpan<byte> Table => _table;

    /// <summary>The code of a raw input.</summary>
    public ushort Encode(float raw) => Grid.EncodeSteps((raw - Offset) * StepsPerUnit);

    /// <summary>Codes of raw floats; the same bits on every tier.</summary>
    /// <param name="raw">The inputs.</param>
    /// <param name="codes">Room for as many codes; on a grid of 14 bits for two planes, each of the number rounded up to 64 and 256 bytes more.</param>
    /// <param name="tier">The tier to run on.</param>
    public void Encode(ReadOnlySpan<float> raw, ref byte codes, InstructionTier tier)
    {
        if (Grid.HasPlanes)
        {
            EncodePlanes(raw, ref codes, tier);
            return;
        }

        var fromZero = Grid.ZeroPoint == 0;
        var done = tier switch
        {
            InstructionTier.Avx512 or InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni =>
                fromZero ? EncodeFromZeroBy64(raw, ref codes) : EncodeBy64(raw, ref codes),
            InstructionTier.Avx2 or InstructionTier.AvxVnni => fromZero ? EncodeFromZeroBy32(raw, ref codes) : EncodeBy32(raw, ref codes),
            InstructionTier.Ssse3 => fromZero ? EncodeFromZeroBy16(raw, ref codes) : EncodeBy16(raw, ref codes),
            InstructionTier.AdvSimd or InstructionTier.AdvSimdDp => EncodeBy16AdvSimd(raw, ref codes),
            _ => 0,
        };
        if (tier != InstructionTier.Scalar && done < raw.Length)
        {
            done += EncodeBy4(raw[done..], ref Unsafe.Add(ref codes, done));
        }

        for (var i = done; i < raw.Length; i++)
        {
            Unsafe.Add(ref codes, i) = (byte)Encode(raw[i]);
        }
    }

    // Constants are locals, not fields of a struct: the JIT keeps at most four fields of a struct in registers (measured: 3x).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeBy64(ReadOnlySpan<float> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector512.Create(Offset);
        var factor = Vector512.Create(StepsPerUnit);
        var lowest = Vector512.Create((float)-Grid.ZeroPoint);
        var highest = Vector512.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector512.Create((int)Grid.ZeroPoint);

        // Packing works in quarters of 128 bits: this order of the fours of codes undoes it.
        var inOrder = Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        var i = 0;
        for (; i <= raw.Length - 64; i += 64)
        {
            // NaN is unequal to itself and becomes 0; after that the native minimum and maximum agree everywhere. The conversion
            // rounds halves to even, as the processor is set to.
            ref var block = ref Unsafe.Add(ref source, i);
            var a = (Vector512.LoadUnsafe(ref block) - offset) * factor;
            var b = (Vector512.LoadUnsafe(ref block, 16) - offset) * factor;
            var c = (Vector512.LoadUnsafe(ref block, 32) - offset) * factor;
            var d = (Vector512.LoadUnsafe(ref block, 48) - offset) * factor;
            a = Vector512.MinNative(Vector512.MaxNative(a & Vector512.Equals(a, a), lowest), highest);
            b = Vector512.MinNative(Vector512.MaxNative(b & Vector512.Equals(b, b), lowest), highest);
            c = Vector512.MinNative(Vector512.MaxNative(c & Vector512.Equals(c, c), lowest), highest);
            d = Vector512.MinNative(Vector512.MaxNative(d & Vector512.Equals(d, d), lowest), highest);

            // One store of 64 bytes: the first layer's load of 64 can take it before it reaches the cache, not so four stores of 16.
            var low = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(a) + zero, Avx512F.ConvertToVector512Int32(b) + zero);
            var high = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(c) + zero, Avx512F.ConvertToVector512Int32(d) + zero);
            var bytes = Avx512F.PermuteVar16x32(Avx512BW.PackUnsignedSaturate(low, high).AsInt32(), inOrder).AsByte();
            bytes.StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeBy32(ReadOnlySpan<float> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector256.Create(Offset);
        var factor = Vector256.Create(StepsPerUnit);
        var lowest = Vector256.Create((float)-Grid.ZeroPoint);
        var highest = Vector256.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector256.Create((int)Grid.ZeroPoint);

        // Packing works in halves of 128 bits: this order of the fours of codes undoes it.
        var inOrder = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        var i = 0;
        for (; i <= raw.Length - 32; i += 32)
        {
            ref var block = ref Unsafe.Add(ref source, i);
            var a = (Vector256.LoadUnsafe(ref block) - offset) * factor;
            var b = (Vector256.LoadUnsafe(ref block, 8) - offset) * factor;
            var c = (Vector256.LoadUnsafe(ref block, 16) - offset) * factor;
            var d = (Vector256.LoadUnsafe(ref block, 24) - offset) * factor;
            a = Vector256.MinNative(Vector256.MaxNative(a & Vector256.Equals(a, a), lowest), highest);
            b = Vector256.MinNative(Vector256.MaxNative(b & Vector256.Equals(b, b), lowest), highest);
            c = Vector256.MinNative(Vector256.MaxNative(c & Vector256.Equals(c, c), lowest), highest);
            d = Vector256.MinNative(Vector256.MaxNative(d & Vector256.Equals(d, d), lowest), highest);
            var low = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(a) + zero, Avx.ConvertToVector256Int32(b) + zero);
            var high = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(c) + zero, Avx.ConvertToVector256Int32(d) + zero);
            var bytes = Avx2.PermuteVar8x32(Avx2.PackUnsignedSaturate(low, high).AsInt32(), inOrder).AsByte();
            bytes.StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeBy16(ReadOnlySpan<float> raw, ref byte codes)
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
            var low = Sse2.PackSignedSaturate(Sse2.ConvertToVector128Int32(a) + zero, Sse2.ConvertToVector128Int32(b) + zero);
            var high = Sse2.PackSignedSaturate(Sse2.ConvertToVector128Int32(c) + zero, Sse2.ConvertToVector128Int32(d) + zero);
            Sse2.PackUnsignedSaturate(low, high).StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeBy4(ReadOnlySpan<float> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var offset = Vector128.Create(Offset);
        var factor = Vector128.Create(StepsPerUnit);
        var lowest = Vector128.Create((float)-Grid.ZeroPoint);
        var highest = Vector128.Create((float)(Grid.Top - Grid.ZeroPoint));
        var zero = Vector128.Create((int)Grid.ZeroPoint);
        var i = 0;
        for (; i <= raw.Length - 4; i += 4)
        {
            var steps = (Vector128.LoadUnsafe(ref source, (nuint)i) - offset) * factor;
            steps = Vector128.MinNative(Vector128.MaxNative(steps & Vector128.Equals(steps, steps), lowest), highest);
            var code = Vector128.ConvertToInt32Native(Vector128.Round(steps)) + zero;
            var narrow = Vector128.Narrow(code, code).AsUInt16();
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref codes, i), Vector128.Narrow(narrow, narrow).AsUInt32().ToScalar());
        }

        return i;
    }
}
