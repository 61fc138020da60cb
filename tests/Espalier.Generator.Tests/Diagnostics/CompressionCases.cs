namespace Espalier.Generator.Tests;

/// <summary>Precision, pruning and codebooks.</summary>
internal static class CompressionCases
{
    public static readonly RuleCase[] Firing =
    [
        new("ESP0301", "[Dense(3, 4), Quantize(«Int32»)] partial class A;", "Layer 'A' has Int32 weights, for which there is no kernel; take Int8, Int4, Ternary, Binary, Int16, Fp16, Bf16 or Fp32"),
        new("ESP0301", "[Dense(3, 4), Quantize(«weights: (Precision)42»)] partial class A;", "Layer 'A' has 42 weights, for which there is no kernel; take Int8, Int4, Ternary, Binary, Int16, Fp16, Bf16 or Fp32"),
        new("ESP0302", "[Dense(3, 4), Quantize(Int8, «Inputs = Int32»)] partial class A;", "Layer 'A' has Int32 inputs, for which there is no kernel with Int8 weights; take Int16, Int8, Int4, Fp32, Fp16 or Bf16"),
        new("ESP0302", "[Dense(3, 4), Quantize(Bf16, «Inputs = Int16»)] partial class A;", "Layer 'A' has Int16 inputs, for which there is no kernel with Bf16 weights; take Int8, Int4, Fp32, Fp16 or Bf16"),
        new("ESP0302", "[Dense(3, 4), Quantize(Fp16, PerChannel = false, «Inputs = Ternary»)] partial class A;", "Layer 'A' has Ternary inputs, for which there is no kernel with Fp16 weights; take Int8, Int4, Fp32, Fp16 or Bf16"),
        new("ESP0303", "[Dense(«49930», 4), Quantize(Int8)] partial class A;", "Layer 'A' adds 49930 products in 32 bits; with Int8 weights and Int8 inputs 49929 are always safe"),
        new("ESP0303", "[Dense(«49930», 4), Quantize(Int8, Inputs = Int16)] partial class A;", "Layer 'A' adds 49930 products in 32 bits; with Int8 weights and Int16 inputs 49929 are always safe"),
        new("ESP0303", "[Dense(«7000000», 4), Quantize(Int4, Inputs = Int4), Prune(0.9)] partial class A;".Replace("7000000", "7669586"), "Layer 'A' adds 7669586 products in 32 bits; with Int4 weights and Int4 inputs 7669584 are always safe"),
        new("ESP0304", "[Dense(3, 4), Quantize(Int8), Codebook(«256»)] partial class A;", "Layer 'A' has 256 clusters on the Int8 grid, which has 255 values (-127 to 127)"),
        new("ESP0304", "[Dense(3, 4), Quantize(Int4), Codebook(«16»)] partial class A;", "Layer 'A' has 16 clusters on the Int4 grid, which has 15 values (-7 to 7)"),
        new("ESP0304", "[Dense(3, 4), Quantize(Ternary), Codebook(«4»)] partial class A;", "Layer 'A' has 4 clusters on the Ternary grid, which has 3 values (-1 to 1)"),
        new("ESP0401", "[Dense(3, 4), Prune(«1»)] partial class A;", "Layer 'A' has sparsity 1; the share of weights to remove is at least 0 and less than 1"),
        new("ESP0401", "[Dense(3, 4), Prune(«92.5»)] partial class A;", "Layer 'A' has sparsity 92.5; the share of weights to remove is at least 0 and less than 1"),
        new("ESP0401", "[Dense(3, 4), Prune(«-0.1», Schedule = PruningSchedule.OneShot)] partial class A;", "Layer 'A' has sparsity -0.1; the share of weights to remove is at least 0 and less than 1"),
        new("ESP0401", "[Dense(3, 4), Prune(«double.NaN»)] partial class A;", "Layer 'A' has sparsity NaN; the share of weights to remove is at least 0 and less than 1"),
        new("ESP0501", "[Dense(3, 4), Codebook(«1»)] partial class A;", "Layer 'A' has 1 clusters; a codebook has 2 to 256, the reserved zero included"),
        new("ESP0501", "[Dense(3, 4), Quantize(Int8), Codebook(«257»)] partial class A;", "Layer 'A' has 257 clusters; a codebook has 2 to 256, the reserved zero included"),
    ];

    public static readonly RuleCase[] NearMisses =
    [
        new("ESP0301", "[Dense(3, 4), Quantize(Int16, Accumulators = Fp32)] partial class A;"),
        new("ESP0302", "[Dense(3, 4), Quantize(Int8, Inputs = Int4)] partial class A; [Dense(3, 4), Quantize(Int8, Inputs = Fp32, MasterWeights = false)] partial class B; [Dense(3, 4), Quantize(Ternary, Inputs = Int16)] partial class C; [Dense(3, 4), Quantize(Fp16, Inputs = Fp16)] partial class D; [Dense(3, 4), Quantize(Fp32, Inputs = Bf16)] partial class E;"),
        new("ESP0303", "[Dense(49929, 4), Quantize(Int8, Inputs = Int16)] partial class A; [Dense(49930, 4), Quantize(Int4)] partial class B; [Dense(49930, 4)] partial class C;"),
        new("ESP0304", "[Dense(3, 4), Quantize(Int8), Codebook(255)] partial class A; [Dense(3, 4), Quantize(Int4), Codebook(15)] partial class B; [Dense(90, 40), Codebook(256)] partial class C;"),
        new("ESP0401", "[Dense(3, 4), Prune(0)] partial class A; [Dense(3, 4), Prune(0.9999)] partial class B;"),
        new("ESP0501", "[Dense(3, 4), Codebook(2)] partial class A; [Dense(90, 40), Codebook(256)] partial class B;"),
    ];
}
