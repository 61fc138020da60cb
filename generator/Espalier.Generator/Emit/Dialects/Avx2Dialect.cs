using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>256-bit vectors.</summary>
internal class Avx2Dialect : ShuffleDialect
{
    public override Tier Tier => Tier.Avx2;

    public override string Title => "AVX2";

    public override string Vector => "Vector256";

    public override int Lanes => 8;

    public override string MultiplyAdd(string activations, string weights) => $"Avx2.MultiplyAddAdjacent({activations}, {weights})";

    public override string AddNeighbours(string sums) => $"Avx2.MultiplyAddAdjacent({sums}, ones)";

    public override string MultiplyShorts(string left, string right) => $"Avx2.MultiplyAddAdjacent({left}, {right})";

    public override string WidenToShorts(string codes, string place) => $"Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref {codes}, {place}))";

    public override string Interleave(bool lower, string left, string right) => $"Avx2.Unpack{(lower ? "Low" : "High")}({left}, {right})";

    public override string EvenLanes(string sums) => $"Avx2.MultiplyAddAdjacent({sums}, even)";

    public override string PackCodes(string lower, string upper) => $"Avx2.PackUnsignedSaturate({lower}, {upper})";

    public override string Round(string floats) => $"Avx.ConvertToVector256Int32({floats})";

    public override string Store(string codes, string position) =>
        $"""
        var narrow = Sse2.PackSignedSaturate({codes}.GetLower(), {codes}.GetUpper());
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, {position}), Sse2.PackUnsignedSaturate(narrow, narrow).AsUInt64().ToScalar());
        """;

    public override string NarrowSteps(string one, string other) => $"Avx2.PackSignedSaturate({one}, {other})";

    public override bool Saturates => true;

    // Each 128-bit part has four bytes of every vector.
    public override string InOrder(string codes) => $"Avx2.PermuteVar8x32({codes}.AsInt32(), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsByte()";

    public override string StorePart(string codes, int part, int quarters, string place) => quarters switch
    {
        4 => StoreVector(codes, $"ref output, {place}"),
        2 => $"{codes}.Get{(part == 0 ? "Lower" : "Upper")}().StoreUnsafe(ref output, {place});",
        _ => $"Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, {place}), {codes}.AsUInt64().GetElement({part}));",
    };

    public override string WidenCodes(string codes, string place) =>
        $"Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref {codes}, {place}))).AsByte())";

    protected override string Table(int table) => table == 0
        ? "Vector256.Create(Vector128.LoadUnsafe(ref window))"
        : $"Vector256.Create(Vector128.LoadUnsafe(ref window, {16 * table}))";

    protected override string Shuffle(string table, string index) => $"Avx2.Shuffle({table}, {index})";

    protected override string Codebook => "Vector256.Create(Vector128.LoadUnsafe(ref layer.Centroids)).AsByte()";

    public override string? WidenIndices(int place) =>
        $"Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref index, {place}))).AsByte())";

    public override string LoadSharedFloats =>
        """
        var nearCentroids = Vector256.LoadUnsafe(ref layer.Centroids);
        var farCentroids = Vector256.LoadUnsafe(ref layer.Centroids, 8);
        """;

    public override string SharedFloats(string words, int bit) => Permute16("nearCentroids", "farCentroids", words, bit);

    public override string LookUpFloats(string window, int size, string words, int bit) =>
        Permute16($"Vector256.LoadUnsafe(ref {window})", $"Vector256.LoadUnsafe(ref {window}, 8)", words, bit);

    // A permutation looks at three bits; a blend at the highest, where the fourth is moved.
    private string Permute16(string near, string far, string words, int bit)
    {
        var index = Moved(words, bit, 0);
        return $"Avx.BlendVariable(Avx2.PermuteVar8x32({near}, {index}), Avx2.PermuteVar8x32({far}, {index}), {Moved(words, bit + 3, 31)}.AsSingle())";
    }

    protected override string LookUpMethod => "LookUpAvx2";

    public override string LookUpMethods(int window) => window == 32 ? "" :
        """
        /// <summary>Looks 64 bytes up: four tables of 16, merged by bits 4 and 5 of the index moved to where a blend looks.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<byte> LookUpAvx2(Vector256<byte> table0, Vector256<byte> table1, Vector256<byte> table2, Vector256<byte> table3, Vector256<byte> index)
        {
            var bit4 = Vector256.ShiftLeft(index.AsUInt16(), 3).AsByte();
            var bit5 = Vector256.ShiftLeft(index.AsUInt16(), 2).AsByte();
            var low = Avx2.BlendVariable(Avx2.Shuffle(table0, index), Avx2.Shuffle(table1, index), bit4);
            var high = Avx2.BlendVariable(Avx2.Shuffle(table2, index), Avx2.Shuffle(table3, index), bit4);
            return Avx2.BlendVariable(low, high, bit5);
        }
        """;
}
