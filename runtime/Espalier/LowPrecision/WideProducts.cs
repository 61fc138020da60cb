using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>
/// Products of bytes and 16-bit numbers over 512 bits that the portable vectors have no names for. Where vectors are narrower each is made of halves, and where the
/// processor lacks the instruction, of additions and shifts: the same integers everywhere.
/// </summary>
internal static class WideProducts
{
    /// <summary>Sums of four neighbouring products of bytes, none of them −128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> SumOfFour(Vector512<sbyte> a, Vector512<sbyte> b)
    {
        if (Avx512BW.IsSupported)
        {
            // The instruction multiplies unsigned by signed: |a|·(b with a's sign). Two products of 127² fit 16 bits.
            var signed = Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512<sbyte>.Zero), -b, b);
            return Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.Abs(a).AsByte(), signed), Vector512<short>.One);
        }

        return Vector512.Create(SumOfFour(a.GetLower(), b.GetLower()), SumOfFour(a.GetUpper(), b.GetUpper()));
    }

    /// <summary>Sums of two neighbouring products of 16-bit numbers, none of them −32768.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> SumOfTwo(Vector512<short> a, Vector512<short> b) => Avx512BW.IsSupported
        ? Avx512BW.MultiplyAddAdjacent(a, b)
        : Vector512.Create(SumOfTwo(a.GetLower(), b.GetLower()), SumOfTwo(a.GetUpper(), b.GetUpper()));

    /// <summary>(a·b + 2¹⁴) ≫ 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> HighRounded(Vector512<short> a, Vector512<short> b) => Avx512BW.IsSupported
        ? Avx512BW.MultiplyHighRoundScale(a, b)
        : Vector512.Create(HighRounded(a.GetLower(), b.GetLower()), HighRounded(a.GetUpper(), b.GetUpper()));

    /// <summary>Bytes times 256: the first eight of every sixteen, and the second eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<short> First, Vector512<short> Second) UpperHalves(Vector512<sbyte> bytes)
    {
        if (Avx512BW.IsSupported)
        {
            return (Avx512BW.UnpackLow(Vector512<sbyte>.Zero, bytes).AsInt16(), Avx512BW.UnpackHigh(Vector512<sbyte>.Zero, bytes).AsInt16());
        }

        var (a, b, c, d) = (bytes.GetLower().GetLower(), bytes.GetLower().GetUpper(), bytes.GetUpper().GetLower(), bytes.GetUpper().GetUpper());
        var first = Vector512.Create(Vector256.Create(Vector128.WidenLower(a), Vector128.WidenLower(b)), Vector256.Create(Vector128.WidenLower(c), Vector128.WidenLower(d)));
        var second = Vector512.Create(Vector256.Create(Vector128.WidenUpper(a), Vector128.WidenUpper(b)), Vector256.Create(Vector128.WidenUpper(c), Vector128.WidenUpper(d)));
        return (first << 8, second << 8);
    }

    /// <summary>The way back from <see cref="UpperHalves"/>, to bytes from −128 to 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<sbyte> Pack(Vector512<short> first, Vector512<short> second)
    {
        if (Avx512BW.IsSupported)
        {
            return Avx512BW.PackSignedSaturate(first, second);
        }

        return Vector512.Create(
            Vector256.Create(Narrow(first.GetLower().GetLower(), second.GetLower().GetLower()), Narrow(first.GetLower().GetUpper(), second.GetLower().GetUpper())),
            Vector256.Create(Narrow(first.GetUpper().GetLower(), second.GetUpper().GetLower()), Narrow(first.GetUpper().GetUpper(), second.GetUpper().GetUpper())));

        static Vector128<sbyte> Narrow(Vector128<short> a, Vector128<short> b) => Vector128.NarrowWithSaturation(a, b);
    }

    /// <summary>A sum that stays at the end of its range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AddSaturating<T>(Vector512<T> a, Vector512<T> b) => Vector512.AddSaturate(a, b);

    /// <summary>Sixteen floats, always in the same order.</summary>
    public static float SumInOrder(Vector512<float> values)
    {
        var sum = 0f;
        for (var lane = 0; lane < Vector512<float>.Count; lane++)
        {
            sum += values[lane];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> SumOfFour(Vector256<sbyte> a, Vector256<sbyte> b)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(Vector256.Abs(a).AsByte(), Avx2.Sign(b, a)), Vector256<short>.One);
        }

        // Which four matters to nobody: the sums are exact, and all are added in the end.
        var products = (Vector256.WidenLower(a) * Vector256.WidenLower(b)) + (Vector256.WidenUpper(a) * Vector256.WidenUpper(b));
        return Vector256.WidenLower(products) + Vector256.WidenUpper(products);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> SumOfTwo(Vector256<short> a, Vector256<short> b)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(a, b);
        }

        // Neighbours, as the instruction takes them: their sums go on in fp32, where order matters.
        var (x, y) = (a.AsInt32(), b.AsInt32());
        return (((x << 16) >> 16) * ((y << 16) >> 16)) + ((x >> 16) * (y >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> HighRounded(Vector256<short> a, Vector256<short> b)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyHighRoundScale(a, b);
        }

        var half = Vector256.Create(1 << 14);
        return Vector256.Narrow(
            ((Vector256.WidenLower(a) * Vector256.WidenLower(b)) + half) >> 15,
            ((Vector256.WidenUpper(a) * Vector256.WidenUpper(b)) + half) >> 15);
    }
}
