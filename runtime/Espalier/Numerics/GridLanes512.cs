using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Numerics;

/// <summary>AVX-512, with all sixteen generators in a vector.</summary>
internal readonly struct GridLanes512 : IGridLanes<Vector512<float>, Vector512<uint>>
{
    /// <summary>The smaller size with the first operand's sign: both ends of a clamp in one.</summary>
    private const byte AbsoluteMinimum = 0b0010;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float source, nuint offset) => Vector512.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, ref float target, nuint offset) => vector.StoreUnsafe(ref target, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clamp(Vector512<float> value, Vector512<float> bottom, Vector512<float> top) => Vector512.MinNative(top, Vector512.MaxNative(bottom, value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ClampNumber(Vector512<float> value, Vector512<float> bottom, Vector512<float> top) => Avx512DQ.IsSupported
        ? Avx512DQ.Range(value, top, AbsoluteMinimum)
        : Clamp(value, bottom, top);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Floor(Vector512<float> value) => Vector512.Floor(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TimesFrom128(Vector512<float> value, Vector512<float> step, Vector512<float> negated) => Vector512.IsHardwareAccelerated
        ? Vector512.FusedMultiplyAdd(value, step, negated)
        : (value - Vector512.Create(128f)) * step;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> From128(Vector512<uint> words) => ((words & Vector512.Create(NarrowGrid.RandomBits)) | Vector512.Create(NarrowGrid.FixedBits)).AsSingle();

    // The overload that says "to even" is a call that is not inlined: measured, a third of the throughput.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Nearest(Vector512<float> value) => Vector512.Round(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FromSigned(Vector512<uint> words) => Vector512.ConvertToSingle(words.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Draw(ref Vector512<uint> x, ref Vector512<uint> y, ref Vector512<uint> z, ref Vector512<uint> w) => RandomLanes.Next(ref x, ref y, ref z, ref w);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> TurnByEight(Vector512<uint> words) => Avx512F.IsSupported
        ? Avx512F.RotateLeft(words, 8)
        : (words << 8) | (words >>> 24);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> LoadWords(ref uint source, nuint offset) => Vector512.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(Vector512<uint> words, ref uint target, nuint offset) => words.StoreUnsafe(ref target, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePoints(Vector512<float> points, ref short target, nuint offset)
    {
        var codes = Vector512.ConvertToInt32Native(points);
        Vector256.Narrow(codes.GetLower(), codes.GetUpper()).StoreUnsafe(ref target, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadPoints(ref short source, nuint offset)
    {
        var points = Vector256.LoadUnsafe(ref source, offset);
        return Vector512.ConvertToSingle(Vector512.Create(Vector256.WidenLower(points), Vector256.WidenUpper(points)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFour(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, bool from128, ref sbyte target, nuint offset)
    {
        if (Avx512BW.IsSupported)
        {
            // Narrowing keeps to quarters of the vector: fours of a, b, c and d lie together until the permutation parts them.
            var left = Avx512BW.PackSignedSaturate(Whole(a, from128), Whole(b, from128));
            var right = Avx512BW.PackSignedSaturate(Whole(c, from128), Whole(d, from128));
            var bytes = from128 ? (Avx512BW.PackUnsignedSaturate(left, right) ^ Vector512.Create((byte)128)).AsInt32() : Avx512BW.PackSignedSaturate(left, right).AsInt32();
            Avx512F.PermuteVar16x32(bytes, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsSByte().StoreUnsafe(ref target, offset);
            return;
        }

        StoreOne(a, from128, ref target, offset);
        StoreOne(b, from128, ref target, offset + 16);
        StoreOne(c, from128, ref target, offset + 32);
        StoreOne(d, from128, ref target, offset + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreOne(Vector512<float> a, bool from128, ref sbyte target, nuint offset)
    {
        var codes = Whole(a, from128) - Vector512.Create(from128 ? 128 : 0);
        Vector128.Narrow(Vector128.Narrow(codes.GetLower().GetLower(), codes.GetLower().GetUpper()), Vector128.Narrow(codes.GetUpper().GetLower(), codes.GetUpper().GetUpper())).StoreUnsafe(ref target, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountEqual(Vector512<float> a, Vector512<float> b) => BitOperations.PopCount(Vector512.Equals(a, b).ExtractMostSignificantBits());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountSmaller(Vector512<float> value, Vector512<float> limit) => BitOperations.PopCount(Vector512.LessThan(Vector512.Abs(value), limit).ExtractMostSignificantBits());

    /// <summary>The processor's conversions, to nearest with halves to even or cut off, leave no step for the rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Whole(Vector512<float> value, bool from128)
    {
        if (Avx512F.IsSupported)
        {
            return from128 ? Avx512F.ConvertToVector512Int32WithTruncation(value) : Avx512F.ConvertToVector512Int32(value);
        }

        return Vector512.ConvertToInt32Native(from128 ? value : Vector512.Round(value));
    }
}
