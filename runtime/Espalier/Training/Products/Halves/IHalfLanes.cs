using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>What products of bf16 need beside the instructions of <see cref="IFloatLanes{TVector}"/>.</summary>
internal interface IHalfLanes<TVector> : IFloatLanes<TVector>
    where TVector : struct
{
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>A number of bf16 in all lanes.</summary>
    static abstract TVector BroadcastHalf(ushort number);

    /// <summary>Twice as many numbers as a vector has: those of even places, and in <paramref name="odd"/> those of odd places.</summary>
    static abstract TVector LoadPair(ref ushort source, out TVector odd);

    /// <summary>As many numbers as a vector has, in order.</summary>
    static abstract TVector LoadHalves(ref ushort source);

    /// <summary>Stores finite numbers as the nearest bf16; halves go away from 0, which takes one addition where the even neighbour takes four instructions. One sum in 65,536 is such a half.</summary>
    static abstract void StorePair(TVector even, TVector odd, ref ushort target);

    /// <summary>The same of one vector, in order.</summary>
    static abstract void StoreHalves(TVector vector, ref ushort target);
}

internal readonly partial struct Lanes512 : IHalfLanes<Vector512<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> BroadcastHalf(ushort number) => (Vector512.Create(number).AsUInt32() & Vector512.Create(0xFFFF0000u)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadPair(ref ushort source, out Vector512<float> odd)
    {
        var both = Vector512.LoadUnsafe(ref Unsafe.As<ushort, uint>(ref source));
        odd = (both & Vector512.Create(0xFFFF0000u)).AsSingle();
        return (both << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadHalves(ref ushort source)
    {
        var halves = Vector256.LoadUnsafe(ref source);
        var wide = Avx512F.IsSupported ? Avx512F.ConvertToVector512UInt32(halves) : Vector512.Create(Vector256.WidenLower(halves), Vector256.WidenUpper(halves));
        return (wide << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePair(Vector512<float> even, Vector512<float> odd, ref ushort target) =>
        Vector512.ConditionalSelect(Vector512.Create(0xFFFF0000u), Upper(odd), Upper(even) >>> 16).StoreUnsafe(ref Unsafe.As<ushort, uint>(ref target));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(Vector512<float> vector, ref ushort target)
    {
        var upper = Upper(vector) >>> 16;
        (Avx512F.IsSupported ? Avx512F.ConvertToVector256UInt16(upper) : Vector256.Narrow(upper.GetLower(), upper.GetUpper())).StoreUnsafe(ref target);
    }

    /// <summary>The nearest bf16 in the upper half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Upper(Vector512<float> vector) => vector.AsUInt32() + Vector512.Create(0x8000u);
}

internal readonly partial struct Lanes256 : IHalfLanes<Vector256<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> BroadcastHalf(ushort number) => (Vector256.Create(number).AsUInt32() & Vector256.Create(0xFFFF0000u)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadPair(ref ushort source, out Vector256<float> odd)
    {
        var both = Vector256.LoadUnsafe(ref Unsafe.As<ushort, uint>(ref source));
        odd = (both & Vector256.Create(0xFFFF0000u)).AsSingle();
        return (both << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadHalves(ref ushort source)
    {
        var halves = Vector128.LoadUnsafe(ref source);
        return (Vector256.Create(Vector128.WidenLower(halves), Vector128.WidenUpper(halves)) << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePair(Vector256<float> even, Vector256<float> odd, ref ushort target) =>
        Vector256.ConditionalSelect(Vector256.Create(0xFFFF0000u), Upper(odd), Upper(even) >>> 16).StoreUnsafe(ref Unsafe.As<ushort, uint>(ref target));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(Vector256<float> vector, ref ushort target) =>
        Vector128.Narrow((Upper(vector) >>> 16).GetLower(), (Upper(vector) >>> 16).GetUpper()).StoreUnsafe(ref target);

    /// <summary>The nearest bf16 in the upper half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Upper(Vector256<float> vector) => vector.AsUInt32() + Vector256.Create(0x8000u);
}

internal readonly partial struct Lanes128 : IHalfLanes<Vector128<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> BroadcastHalf(ushort number) => (Vector128.Create(number).AsUInt32() & Vector128.Create(0xFFFF0000u)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadPair(ref ushort source, out Vector128<float> odd)
    {
        var both = Vector128.LoadUnsafe(ref Unsafe.As<ushort, uint>(ref source));
        odd = (both & Vector128.Create(0xFFFF0000u)).AsSingle();
        return (both << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadHalves(ref ushort source) =>
        (Vector128.WidenLower(Vector64.LoadUnsafe(ref source).ToVector128Unsafe()) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePair(Vector128<float> even, Vector128<float> odd, ref ushort target) =>
        Vector128.ConditionalSelect(Vector128.Create(0xFFFF0000u), Upper(odd), Upper(even) >>> 16).StoreUnsafe(ref Unsafe.As<ushort, uint>(ref target));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(Vector128<float> vector, ref ushort target) =>
        Vector128.Narrow(Upper(vector) >>> 16, Upper(vector) >>> 16).GetLower().StoreUnsafe(ref target);

    /// <summary>The nearest bf16 in the upper half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Upper(Vector128<float> vector) => vector.AsUInt32() + Vector128.Create(0x8000u);
}
