using Espalier.Generator.Emit.Dialects;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// Sums of a vector of bytes whose bytes, and then their twos, were interleaved: part i of vector v, of 128 bits each, has the channels from 16·i + 4·v on. In order, part
/// i of vector v has those from 4 · (parts · v + i) on.
/// </summary>
internal static class DepthwiseOrder
{
    /// <summary>Writes the method that orders four vectors, for vectors of 256 or 512 bits.</summary>
    public static void EmitMethod(IndentedWriter writer, Dialect dialect, string method)
    {
        var vector = $"{dialect.Vector}<int>";
        writer.Line();
        writer.Line("/// <summary>Four vectors of sums with their channels in order.</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Begin($"private static ({vector}, {vector}, {vector}, {vector}) {method}({vector} a, {vector} b, {vector} c, {vector} d)"))
        {
            if (dialect.Lanes == 8)
            {
                writer.Line("return (Avx2.Permute2x128(a, b, 0x20), Avx2.Permute2x128(c, d, 0x20), Avx2.Permute2x128(a, b, 0x31), Avx2.Permute2x128(c, d, 0x31));");
                return;
            }

            writer.Line("var (ab, cd) = (Avx512F.Shuffle4x128(a, b, 0x44), Avx512F.Shuffle4x128(c, d, 0x44));");
            writer.Line("var (abBehind, cdBehind) = (Avx512F.Shuffle4x128(a, b, 0xEE), Avx512F.Shuffle4x128(c, d, 0xEE));");
            writer.Line("return (Avx512F.Shuffle4x128(ab, cd, 0x88), Avx512F.Shuffle4x128(ab, cd, 0xDD), Avx512F.Shuffle4x128(abBehind, cdBehind, 0x88), Avx512F.Shuffle4x128(abBehind, cdBehind, 0xDD));");
        }
    }
}
