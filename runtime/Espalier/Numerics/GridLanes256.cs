using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Numerics;

/// <summary>Vectors of 256 bits; where the processor has narrower ones, the runtime makes each of two halves.</summary>
internal readonly struct GridLanes256 : IGridLanes<Vector256<float>, Vector256<uint>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref float source, nuint offset) => Vector256.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> vector, ref float target, nuint offset) => vector.StoreUnsafe(ref target, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Clamp(Vector256<float> value, Vector256<float> bottom, Vector256<float> top) => Vector256.MinNative(top, Vector256.MaxNative(bottom, value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ClampNumber(Vector256<float> value, Vector256<float> bottom, Vector256<float> top) => Clamp(value, bottom, top);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Floor(Vector256<float> value) => Vector256.Floor(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> TimesFrom128(Vector256<float> value, Vector256<float> step, Vector256<float> negated) => Fma.IsSupported
        ? Vector256.FusedMultiplyAdd(value, step, negated)
        : (value - Vector256.Create(128f)) * step;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From128(Vector256<uint> words) => ((words & Vector256.Create(NarrowGrid.RandomBits)) | Vector256.Create(NarrowGrid.FixedBits)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Nearest(Vector256<float> value) => Vector256.Round(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromSigned(Vector256<uint> words) => Vector256.ConvertToSingle(words.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Draw(ref Vector256<uint> x, ref Vector256<uint> y, ref Vector256<uint> z, ref Vector256<uint> w)
    {
        var t = x ^ (x << 11);
        x = y;
        y = z;
        z = w;
        w ^= (w >>> 19) ^ t ^ (t >>> 8);
        return w;
    }

    /// <summary>Whole bytes move: one permutation instead of two shifts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> TurnByEight(Vector256<uint> words) => Avx2.IsSupported
        ? Avx2.Shuffle(
            words.AsByte(),
            Vector256.Create((byte)3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14, 3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14)).AsUInt32()
        : (words << 8) | (words >>> 24);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> LoadWords(ref uint source, nuint offset) => Vector256.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(Vector256<uint> words, ref uint target, nuint offset) => words.StoreUnsafe(ref target, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePoints(Vector256<float> points, ref short target, nuint offset)
    {
        var codes = Vector256.ConvertToInt32Native(points);
        Vector128.Narrow(codes.GetLower(), codes.GetUpper()).StoreUnsafe(ref target, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadPoints(ref short source, nuint offset)
    {
        var points = Vector128.LoadUnsafe(ref source, offset);
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(points), Vector128.WidenUpper(points)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFour(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, bool from128, ref sbyte target, nuint offset)
    {
        if (Avx2.IsSupported)
        {
            var left = Avx2.PackSignedSaturate(Whole(a, from128), Whole(b, from128));
            var right = Avx2.PackSignedSaturate(Whole(c, from128), Whole(d, from128));
            var bytes = from128 ? (Avx2.PackUnsignedSaturate(left, right) ^ Vector256.Create((byte)128)).AsInt32() : Avx2.PackSignedSaturate(left, right).AsInt32();
            var parted = Avx2.PermuteVar8x32(bytes, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsInt64();
            ref var to = ref Unsafe.Add(ref target, offset);
            Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref to), parted.GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref to, 16)), parted.GetElement(1));
            Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref to, 32)), parted.GetElement(2));
            Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref to, 48)), parted.GetElement(3));
            return;
        }

        StoreOne(a, from128, ref target, offset);
        StoreOne(b, from128, ref target, offset + 16);
        StoreOne(c, from128, ref target, offset + 32);
        StoreOne(d, from128, ref target, offset + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreOne(Vector256<float> a, bool from128, ref sbyte target, nuint offset)
    {
        var codes = Whole(a, from128) - Vector256.Create(from128 ? 128 : 0);
        var bytes = Vector128.Narrow(Vector128.Narrow(codes.GetLower(), codes.GetUpper()), Vector128<short>.Zero).GetLower();
        bytes.StoreUnsafe(ref target, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountEqual(Vector256<float> a, Vector256<float> b) => BitOperations.PopCount(Vector256.Equals(a, b).ExtractMostSignificantBits());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountSmaller(Vector256<float> value, Vector256<float> limit) => BitOperations.PopCount(Vector256.LessThan(Vector256.Abs(value), limit).ExtractMostSignificantBits());

    /// <summary>The processor's conversions, to nearest with halves to even or cut off, leave no step for the rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Whole(Vector256<float> value, bool from128)
    {
        if (Avx.IsSupported)
        {
            return from128 ? Avx.ConvertToVector256Int32WithTruncation(value) : Avx.ConvertToVector256Int32(value);
        }

        return Vector256.ConvertToInt32Native(from128 ? value : Vector256.Round(value));
    }
}
