using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>The few instructions that products of bytes are made of, for one vector width. A lane of 32 bits holds a sum, or four neighbouring bytes.</summary>
internal interface IByteLanes<TVector>
    where TVector : struct
{
    /// <summary>32-bit lanes of a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(ref int source, nuint offset);

    static abstract TVector Broadcast(int value);

    /// <summary>Adds to each lane four products of unsigned and signed bytes, exactly.</summary>
    static abstract TVector AddProducts(TVector sum, TVector unsigned, TVector signed);

    static abstract void Store(TVector vector, ref int target, nuint offset);
}

/// <summary>AVX-VNNI: 32 products in one instruction, two of them a cycle on Zen 5. The framework has no 512-bit form yet.</summary>
internal readonly struct VnniByteLanes : IByteLanes<Vector256<int>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source, nuint offset) => Vector256.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Broadcast(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddProducts(Vector256<int> sum, Vector256<int> unsigned, Vector256<int> signed) =>
        AvxVnni.MultiplyWideningAndAdd(sum, unsigned.AsByte(), signed.AsSByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> vector, ref int target, nuint offset) => vector.StoreUnsafe(ref target, offset);
}

/// <summary>AVX-512 without VNNI. Products of even and of odd bytes apart: neighbours added in 16 bits would saturate.</summary>
internal readonly struct ByteLanes512 : IByteLanes<Vector512<int>>
{
    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(ref int source, nuint offset) => Vector512.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Broadcast(int value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> AddProducts(Vector512<int> sum, Vector512<int> unsigned, Vector512<int> signed)
    {
        var even = Avx512BW.MultiplyAddAdjacent((unsigned & Vector512.Create(0x00FF00FF)).AsInt16(), Vector512.ShiftRightArithmetic(signed.AsInt16() << 8, 8));
        var odd = Avx512BW.MultiplyAddAdjacent(unsigned.AsInt16() >>> 8, Vector512.ShiftRightArithmetic(signed.AsInt16(), 8));
        return sum + even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> vector, ref int target, nuint offset) => vector.StoreUnsafe(ref target, offset);
}

/// <summary>AVX2; the same way.</summary>
internal readonly struct ByteLanes256 : IByteLanes<Vector256<int>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source, nuint offset) => Vector256.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Broadcast(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddProducts(Vector256<int> sum, Vector256<int> unsigned, Vector256<int> signed)
    {
        var even = Avx2.MultiplyAddAdjacent((unsigned & Vector256.Create(0x00FF00FF)).AsInt16(), Vector256.ShiftRightArithmetic(signed.AsInt16() << 8, 8));
        var odd = Avx2.MultiplyAddAdjacent(unsigned.AsInt16() >>> 8, Vector256.ShiftRightArithmetic(signed.AsInt16(), 8));
        return sum + even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> vector, ref int target, nuint offset) => vector.StoreUnsafe(ref target, offset);
}

/// <summary>Every other machine: products in 32 bits, one byte of each lane after the other.</summary>
internal readonly struct ByteLanes128 : IByteLanes<Vector128<int>>
{
    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(ref int source, nuint offset) => Vector128.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Broadcast(int value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> AddProducts(Vector128<int> sum, Vector128<int> unsigned, Vector128<int> signed)
    {
        var low = Vector128.Create(0xFF);
        sum += (unsigned & low) * ((signed << 24) >> 24);
        sum += ((unsigned >>> 8) & low) * ((signed << 16) >> 24);
        sum += ((unsigned >>> 16) & low) * ((signed << 8) >> 24);
        return sum + ((unsigned >>> 24) * (signed >> 24));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> vector, ref int target, nuint offset) => vector.StoreUnsafe(ref target, offset);
}
