using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>
/// 64-bit Arm: one instruction looks a window of 64 bytes up. Bytes are multiplied as signed ones, which activations are as well:
/// their grids end at 127 at most.
/// </summary>
internal class AdvSimdDialect : ShuffleDialect
{
    public override Tier Tier => Tier.AdvSimd;

    public override string Title => "AdvSimd";

    public override string Vector => "Vector128";

    public override int Lanes => 4;

    public override int Registers => 32;

    public override bool RunsOn(Tier tier) => tier.IsArm();

    // Products have to be widened from both halves and added to their neighbours in any case. One instruction more brings them into
    // 32 bits, so adding several steps in 16 bits first would save nothing: 2 · 127 · 127 always fits.
    public override string? Accumulate(string sums, string activations, string weights) =>
        $"AdvSimd.AddPairwiseWideningAndAdd({sums}, {MultiplyAdd(activations, weights)})";

    public override string MultiplyAdd(string activations, string weights) => $"MultiplyAddAdvSimd({activations}, {weights})";

    public override string AddNeighbours(string sums) => $"AdvSimd.AddPairwiseWidening({sums})";

    public override string Interleave(bool lower, string left, string right) => $"AdvSimd.Arm64.Zip{(lower ? "Low" : "High")}({left}, {right})";

    public override string EvenLanes(string sums) => $"Vector128.ShiftRightArithmetic(Vector128.ShiftLeft({sums}.AsInt32(), 16), 16)";

    public override string AddPair(bool first, string sums, bool lower, string one, string other, string weights) =>
        $"{(first ? "var " : "")}{sums} = AddPair{(lower ? "Lower" : "Upper")}AdvSimd({(first ? "Vector128<short>.Zero" : sums)}, {one}, {other}, {weights});";

    public override string? AddInOrder(bool lower, string sums, string shorts) => lower
        ? $"AdvSimd.AddWideningLower({sums}, {shorts}.GetLower())"
        : $"AdvSimd.AddWideningUpper({sums}, {shorts})";

    public override string PackCodes(string lower, string upper) => $"AdvSimd.Arm64.UnzipEven({lower}.AsByte(), {upper}.AsByte())";

    public override string Round(string floats) => $"AdvSimd.ConvertToInt32RoundToEven({floats})";

    public override string Store(string codes, string position) =>
        $"""
        var narrow = AdvSimd.Arm64.UnzipEven({codes}.AsByte(), {codes}.AsByte());
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, {position}), AdvSimd.Arm64.UnzipEven(narrow, narrow).AsUInt32().ToScalar());
        """;

    public override string LookUp(string index, int window) => $"AdvSimd.Arm64.VectorTableLookup((table0, table1, table2, table3), {index})";

    // Arm shifts bytes, so nothing of a neighbour's comes in from above.
    public override string HighCentroids(string codes) => $"{Shuffle("codebook", $"AdvSimd.ShiftRightLogical({codes}, 4)")}.AsSByte()";

    protected override string Table(int table) => table == 0 ? "Vector128.LoadUnsafe(ref window)" : $"Vector128.LoadUnsafe(ref window, {16 * table})";

    protected override string Shuffle(string table, string index) => $"AdvSimd.Arm64.VectorTableLookup({table}, {index})";

    protected override string Codebook => "Vector128.LoadUnsafe(ref layer.Centroids).AsByte()";

    public override string Ones => "";

    public override string ArithmeticMethods =>
        """
        /// <summary>Bytes up to 127 times signed bytes, neighbours added: both halves widen; 2 · 127 · 127 fits 16 bits.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<short> MultiplyAddAdvSimd(Vector128<byte> activations, Vector128<sbyte> weights) => AdvSimd.Arm64.AddPairwise(
            AdvSimd.MultiplyWideningLower(activations.AsSByte().GetLower(), weights.GetLower()),
            AdvSimd.MultiplyWideningUpper(activations.AsSByte(), weights));
        """;

    public override string PairMethods =>
        """
        /// <summary>Two features of the first eight samples times their weights, the first two bytes of a vector: no bytes are interleaved.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<short> AddPairLowerAdvSimd(Vector128<short> sums, Vector128<byte> one, Vector128<byte> other, Vector128<sbyte> weights) =>
            AdvSimd.MultiplyWideningLowerAndAdd(
                AdvSimd.MultiplyWideningLowerAndAdd(sums, one.AsSByte().GetLower(), AdvSimd.DuplicateSelectedScalarToVector64(weights, 0)),
                other.AsSByte().GetLower(),
                AdvSimd.DuplicateSelectedScalarToVector64(weights, 1));

        /// <summary>The same for the last eight samples.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<short> AddPairUpperAdvSimd(Vector128<short> sums, Vector128<byte> one, Vector128<byte> other, Vector128<sbyte> weights) =>
            AdvSimd.MultiplyWideningUpperAndAdd(
                AdvSimd.MultiplyWideningUpperAndAdd(sums, one.AsSByte(), AdvSimd.DuplicateSelectedScalarToVector128(weights, 0)),
                other.AsSByte(),
                AdvSimd.DuplicateSelectedScalarToVector128(weights, 1));
        """;
}
