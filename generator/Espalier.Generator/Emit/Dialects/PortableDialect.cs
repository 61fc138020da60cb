using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>128-bit vectors in nothing but portable operations.</summary>
internal sealed class PortableDialect : ShuffleDialect
{
    public override Tier Tier => Tier.Portable;

    public override string Title => "portable 128-bit vectors";

    public override bool RunsOn(Tier tier) => tier.HasVectors();

    public override string Vector => "Vector128";

    public override int Lanes => 4;

    public override string MultiplyAdd(string activations, string weights) => $"MultiplyAddPortable({activations}, {weights})";

    public override string AddNeighbours(string sums) => $"AddNeighboursPortable({sums})";

    public override string Interleave(bool lower, string left, string right)
    {
        var widen = lower ? "Vector128.WidenLower" : "Vector128.WidenUpper";
        return $"({widen}({left}) | Vector128.ShiftLeft({widen}({right}), 8)).AsByte()";
    }

    public override string InterleaveShorts(bool lower, string left, string right)
    {
        var widen = lower ? "Vector128.WidenLower" : "Vector128.WidenUpper";
        return $"({widen}({left}.AsUInt16()) | Vector128.ShiftLeft({widen}({right}.AsUInt16()), 16)).AsInt16()";
    }

    public override string InterleaveFloats(bool lower, string left, string right)
    {
        var widen = lower ? "Vector128.WidenLower" : "Vector128.WidenUpper";
        return $"({widen}({left}.AsUInt32()) | Vector128.ShiftLeft({widen}({right}.AsUInt32()), 32)).AsSingle()";
    }

    public override string EvenLanes(string sums) => $"Vector128.ShiftRightArithmetic(Vector128.ShiftLeft({sums}.AsInt32(), 16), 16)";

    public override string PackCodes(string lower, string upper) => $"Vector128.Narrow({lower}.AsUInt16(), {upper}.AsUInt16())";

    public override string Round(string floats) => $"Vector128.ConvertToInt32Native(Vector128.Round({floats}))";

    public override string Store(string codes, string position) =>
        $"""
        var narrow = Vector128.Narrow({codes}, {codes}).AsUInt16();
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, {position}), Vector128.Narrow(narrow, narrow).AsUInt32().ToScalar());
        """;

    protected override string Table(int table) => table == 0 ? "Vector128.LoadUnsafe(ref window)" : $"Vector128.LoadUnsafe(ref window, {16 * table})";

    protected override string Shuffle(string table, string index) => $"Vector128.Shuffle({table}, {index})";

    protected override string Codebook => "Vector128.LoadUnsafe(ref layer.Centroids).AsByte()";

    public override string Ones => "";

    public override string ArithmeticMethods =>
        """
        /// <summary>Unsigned bytes times signed bytes, neighbours added: even and odd bytes widened by shifts; 2 · 127 · 127 fits 16 bits.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<short> MultiplyAddPortable(Vector128<byte> activations, Vector128<sbyte> weights)
        {
            var even = (activations.AsInt16() & Vector128.Create((short)0x00FF)) * Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(weights.AsInt16(), 8), 8);
            var odd = Vector128.ShiftRightLogical(activations.AsUInt16(), 8).AsInt16() * Vector128.ShiftRightArithmetic(weights.AsInt16(), 8);
            return even + odd;
        }

        /// <summary>16-bit lanes, neighbours added in 32 bits.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<int> AddNeighboursPortable(Vector128<short> sums) =>
            Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(sums.AsInt32(), 16), 16) + Vector128.ShiftRightArithmetic(sums.AsInt32(), 16);
        """;

    public override string LookUpMethods(int window) => window == 32 ? "" :
        """
        /// <summary>Looks 64 bytes up: four tables of 16. An index beyond its table gives 0, so the four results are merged by or.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<byte> LookUpPortable(Vector128<byte> table0, Vector128<byte> table1, Vector128<byte> table2, Vector128<byte> table3, Vector128<byte> index) =>
            Vector128.Shuffle(table0, index)
            | Vector128.Shuffle(table1, index - Vector128.Create((byte)16))
            | Vector128.Shuffle(table2, index - Vector128.Create((byte)32))
            | Vector128.Shuffle(table3, index - Vector128.Create((byte)48));
        """;
}
