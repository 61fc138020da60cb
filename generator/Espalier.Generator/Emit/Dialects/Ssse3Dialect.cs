using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>128-bit vectors with pshufb and pmaddubsw: what a default NativeAOT publish runs.</summary>
internal sealed class Ssse3Dialect : ShuffleDialect
{
    public override Tier Tier => Tier.Ssse3;

    public override string Title => "SSSE3 and SSE4.1";

    public override string Vector => "Vector128";

    public override int Lanes => 4;

    public override string MultiplyAdd(string activations, string weights) => $"Ssse3.MultiplyAddAdjacent({activations}, {weights})";

    public override string AddNeighbours(string sums) => $"Sse2.MultiplyAddAdjacent({sums}, ones)";

    public override string Interleave(bool lower, string left, string right) => $"Sse2.Unpack{(lower ? "Low" : "High")}({left}, {right})";

    public override string EvenLanes(string sums) => $"Sse2.MultiplyAddAdjacent({sums}, even)";

    public override string PackCodes(string lower, string upper) => $"Sse2.PackUnsignedSaturate({lower}, {upper})";

    public override string Round(string floats) => $"Sse2.ConvertToVector128Int32({floats})";

    public override string Store(string codes, string position) =>
        $"""
        var narrow = Sse2.PackSignedSaturate({codes}, {codes});
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, {position}), Sse2.PackUnsignedSaturate(narrow, narrow).AsUInt32().ToScalar());
        """;

    public override string NarrowSteps(string one, string other) => $"Sse2.PackSignedSaturate({one}, {other})";

    public override bool Saturates => true;

    protected override string Table(int table) => table == 0 ? "Vector128.LoadUnsafe(ref window)" : $"Vector128.LoadUnsafe(ref window, {16 * table})";

    protected override string Shuffle(string table, string index) => $"Ssse3.Shuffle({table}, {index})";

    protected override string Codebook => "Vector128.LoadUnsafe(ref layer.Centroids).AsByte()";

    public override string LookUpMethods(int window) => window == 32 ? "" :
        """
        /// <summary>Looks 64 bytes up: four tables of 16, merged by bits 4 and 5 of the index moved to where a blend looks.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<byte> LookUpSsse3(Vector128<byte> table0, Vector128<byte> table1, Vector128<byte> table2, Vector128<byte> table3, Vector128<byte> index)
        {
            var bit4 = Vector128.ShiftLeft(index.AsUInt16(), 3).AsByte();
            var bit5 = Vector128.ShiftLeft(index.AsUInt16(), 2).AsByte();
            var low = Sse41.BlendVariable(Ssse3.Shuffle(table0, index), Ssse3.Shuffle(table1, index), bit4);
            var high = Sse41.BlendVariable(Ssse3.Shuffle(table2, index), Ssse3.Shuffle(table3, index), bit4);
            return Sse41.BlendVariable(low, high, bit5);
        }
        """;
}
