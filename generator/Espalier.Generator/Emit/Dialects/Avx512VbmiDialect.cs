using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>
/// 512-bit vectors with byte permutations: of one register for a window of 64 activations (one micro-operation everywhere), of two
/// for 128 (one on Zen 4, three on Intel's cores).
/// </summary>
internal class Avx512VbmiDialect : Avx512Dialect
{
    public override Tier Tier => Tier.Avx512Vbmi;

    public override string Title => "AVX-512 with VBMI";

    public override string LoadWindow(int window) => window switch
    {
        <= 64 => "var near = Vector512.LoadUnsafe(ref window);",
        <= 128 =>
            """
            var near = Vector512.LoadUnsafe(ref window);
            var far = Vector512.LoadUnsafe(ref window, 64);
            """,
        _ =>
            """
            var near = Vector512.LoadUnsafe(ref window);
            var far = Vector512.LoadUnsafe(ref window, 64);
            var nearBeyond = Vector512.LoadUnsafe(ref window, 128);
            var farBeyond = Vector512.LoadUnsafe(ref window, 192);
            """,
    };

    public override string LookUp(string index, int window) => window switch
    {
        <= 64 => $"Avx512Vbmi.PermuteVar64x8(near, {index})",
        <= 128 => $"Avx512Vbmi.PermuteVar64x8x2(near, {index}, far)",
        _ => $"LookUp256(near, far, nearBeyond, farBeyond, {index})",
    };

    public override string LookUpMethods(int window) => window <= 128 ? "" :
        """
        /// <summary>Looks 256 bytes up: a permutation sees seven bits of the index, the eighth chooses between two of them.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<byte> LookUp256(Vector512<byte> near, Vector512<byte> far, Vector512<byte> nearBeyond, Vector512<byte> farBeyond, Vector512<byte> index) =>
            Vector512.ConditionalSelect(
                Vector512.LessThan(index.AsSByte(), Vector512<sbyte>.Zero).AsByte(),
                Avx512Vbmi.PermuteVar64x8x2(nearBeyond, index, farBeyond),
                Avx512Vbmi.PermuteVar64x8x2(near, index, far));
        """;

    public override string LoadCodebook => "var codebook = Vector512.LoadUnsafe(ref layer.Centroids).AsByte();";

    // The table repeats four times and the permutation looks at six bits: what stands above a code does not matter.
    public override string Centroids(string codes, int shift) =>
        As("SByte", $"Avx512Vbmi.PermuteVar64x8(codebook, {ShiftBytes(codes, shift)})");
}
