using System;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>512-bit vectors without a byte permutation across them: dense kernels and float windows.</summary>
internal class Avx512Dialect : Dialect
{
    public override Tier Tier => Tier.Avx512;

    public override string Title => "AVX-512";

    public override string Vector => "Vector512";

    public override int Lanes => 16;

    public override string MultiplyAdd(string activations, string weights) => $"Avx512BW.MultiplyAddAdjacent({activations}, {weights})";

    public override string AddNeighbours(string sums) => $"Avx512BW.MultiplyAddAdjacent({sums}, ones)";

    public override string MultiplyShorts(string left, string right) => $"Avx512BW.MultiplyAddAdjacent({left}, {right})";

    public override string WidenToShorts(string codes, string place) => $"Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref {codes}, {place}))";

    public override int Registers => 32;

    // Measured on Sapphire Rapids: 2 KB and 8 KB gain less.
    public override int BytesAhead => 4096;

    public override string Interleave(bool lower, string left, string right) => $"Avx512BW.Unpack{(lower ? "Low" : "High")}({left}, {right})";

    public override string EvenLanes(string sums) => $"Avx512BW.MultiplyAddAdjacent({sums}, even)";

    public override string PackCodes(string lower, string upper) => $"Avx512BW.PackUnsignedSaturate({lower}, {upper})";

    public override string Round(string floats) => $"Avx512F.ConvertToVector512Int32({floats})";

    public override string Store(string codes, string position) =>
        $"Avx512F.ConvertToVector128Byte({codes}).StoreUnsafe(ref output, {position});";

    public override string NarrowSteps(string one, string other) => $"Avx512BW.PackSignedSaturate({one}, {other})";

    public override bool Saturates => true;

    // Each 128-bit part has four bytes of every vector.
    public override string InOrder(string codes) =>
        $"Avx512F.PermuteVar16x32({codes}.AsInt32(), Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsByte()";

    public override string StorePart(string codes, int part, int quarters, string place) => quarters switch
    {
        4 => StoreVector(codes, $"ref output, {place}"),
        2 => $"{codes}.Get{(part == 0 ? "Lower" : "Upper")}().StoreUnsafe(ref output, {place});",
        _ => $"Avx512F.ExtractVector128({codes}, {part}).StoreUnsafe(ref output, {place});",
    };

    public override string WidenCodes(string codes, string place) => $"Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref {codes}, {place}))";

    // Without VBMI the planner gives windowed slices to the 256-bit kernels.
    public override string LoadWindow(int window) => throw new NotSupportedException("AVX-512 without VBMI has no byte window.");

    public override string LookUp(string index, int window) => throw new NotSupportedException("AVX-512 without VBMI has no byte window.");

    public override string LoadCodebook => "var codebook = Vector512.LoadUnsafe(ref layer.Centroids).AsByte();\nvar nibble = Vector512.Create((byte)15);";

    // A shuffle of 16 bytes in each 128-bit part, which all hold the same table.
    public override string Centroids(string codes, int shift) =>
        As("SByte", $"Avx512BW.Shuffle(codebook, {ShiftBytes(codes, shift)} & nibble)");

    public override string? WidenIndices(int place) => $"Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref index, {place}))";

    public override string LoadSharedFloats => "var centroids = Vector512.LoadUnsafe(ref layer.Centroids);";

    // The permutations look at four and five bits: what stands above an index does not matter.
    public override string SharedFloats(string words, int bit) => $"Avx512F.PermuteVar16x32(centroids, {Moved(words, bit, 0)})";

    public override string LookUpFloats(string window, int size, string words, int bit) => size == 16
        ? $"Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(ref {window}), {Moved(words, bit, 0)})"
        : $"Avx512F.PermuteVar16x32x2(Vector512.LoadUnsafe(ref {window}), {Moved(words, bit, 0)}, Vector512.LoadUnsafe(ref {window}, 16))";
}
