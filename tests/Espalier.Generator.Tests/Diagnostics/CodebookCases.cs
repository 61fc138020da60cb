namespace Espalier.Generator.Tests;

/// <summary>What the bits of a codebook come to.</summary>
internal static class CodebookCases
{
    public static readonly RuleCase[] Firing =
    [
        new("ESP0502", "[Dense(784, 300), Codebook(«17»)] partial class A;", Wasted(17, 5, "as that of 32; take 16 with 4 bits or 32 with 5")),
        new("ESP0502", "[Dense(784, 300), Codebook(«clusters: 3»)] partial class A;", Wasted(3, 2, "as that of 4; take 2 with 1 bit or 4 with 2")),
        new("ESP0502", "[Dense(784, 300), Codebook(«255», CentroidPrecision = Fp32)] partial class A;", Wasted(255, 8, "as that of 256; take 128 with 7 bits or 256 with 8")),
        new("ESP0502", "[Dense(784, 300), Quantize(Int8), Codebook(«100»)] partial class A;", Wasted(100, 7, "as that of 128; take 64 with 6 bits or 128 with 7")),
        new("ESP0502", "[Dense(784, 300), Quantize(Int8), Codebook(«129»)] partial class A;", Wasted(129, 8, "as much as the Int8 weight itself; take 128 with 7 or leave [Codebook] out")),
        new("ESP0502", "[Dense(784, 300), Quantize(Int4), Codebook(«15»)] partial class A;", Wasted(15, 4, "as much as the Int4 weight itself; take 8 with 3 or leave [Codebook] out")),
        new("ESP0502", "[Dense(784, 300), Quantize(Binary), Codebook(«2»)] partial class A;", Wasted(2, 1, "as much as the Binary weight itself; leave [Codebook] out")),
        new("ESP0503", "[Dense(3, 4), Codebook(«32»)] partial class A;", Larger(72, 32, 16, 12, 5, 48, "take 16 clusters or leave [Codebook] out")),
        new("ESP0503", "[Dense(3, 4), Quantize(Int8), Codebook(«16»)] partial class A;", Larger(22, 16, 8, 12, 4, 12, "take 4 clusters or leave [Codebook] out")),
        new("ESP0503", "[Dense(16, 10), Quantize(Int8), Codebook(«128»)] partial class A;", Larger(268, 128, 8, 160, 7, 160, "take 32 clusters or leave [Codebook] out")),
        new("ESP0503", "[Dense(20, 4), Quantize(Int8), Prune(0.9, Structure = SparsityStructure.Grouped, GroupSize = 10), Codebook(«clusters: 8»)] partial class A;", Larger(11, 8, 8, 8, 3, 8, "take 4 clusters or leave [Codebook] out")),
        new("ESP0503", "[Dense(1, 2), Quantize(Int8), Codebook(«2»)] partial class A;", Larger(3, 2, 8, 2, 1, 2, "leave [Codebook] out")),
        new("ESP0503", "[Dense(8, 8), Codebook(«64», CentroidPrecision = Fp32)] partial class A;", Larger(304, 64, 32, 64, 6, 256, "take 32 clusters or leave [Codebook] out")),
    ];

    public static readonly RuleCase[] NearMisses =
    [
        new("ESP0502", "[Dense(784, 300), Codebook(2)] partial class A; [Dense(784, 300), Codebook(16)] partial class B; [Dense(784, 300), Codebook(256)] partial class C; [Dense(784, 300), Quantize(Int8), Codebook(128)] partial class D; [Dense(784, 300), Quantize(Int4), Codebook(8)] partial class E; [Dense(784, 300), Quantize(Fp16), Codebook(64)] partial class F;"),
        new("ESP0503", "[Dense(3, 4), Codebook(16)] partial class A; [Dense(16, 10), Quantize(Int8), Codebook(16)] partial class B; [Dense(100, 10), Quantize(Int8), Prune(0.9885), Codebook(8)] partial class C; [Dense(784, 300), Quantize(Int8), Codebook(255)] partial class D;"),
    ];

    private static string Wasted(int clusters, int bits, string why) => $"Layer 'A' has {clusters} clusters, whose index takes {bits} bits, {why}";

    private static string Larger(int after, int clusters, int centroidBits, int weights, int indexBits, int before, string remedy) =>
        $"The codebook of layer 'A' takes {after} bytes, {clusters} centroids of {centroidBits} bits and {weights} indices of {indexBits}, in place of weights of {before}; {remedy}";
}
