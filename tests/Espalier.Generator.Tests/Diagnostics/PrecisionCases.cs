namespace Espalier.Generator.Tests;

/// <summary>Precisions of one layer: sums, roles, and arguments without effect.</summary>
internal static class PrecisionCases
{
    private const string Int8Sums = "its kernels add in 32 bits: products reach 16129, of which";
    private const string FloatSums = "Int16 weights and Fp32 inputs are multiplied and added in fp32";

    public static readonly RuleCase[] Firing =
    [
        new("ESP0305", "[Dense(784, 4), Quantize(Int8, «Accumulators = Int16»)] partial class A;", $"Layer 'A' keeps sums in Int16, but {Int8Sums} 2 fit in Int16 where 784 are added; take Int32"),
        new("ESP0305", "[Dense(3, 4), Quantize(Int8, «Accumulators = Int8»)] partial class A;", $"Layer 'A' keeps sums in Int8, but {Int8Sums} none fits in Int8 where 3 are added; take Int32"),
        new("ESP0305", "[Dense(3, 4), Quantize(Int8, Inputs = Int16, «Accumulators = Int16»)] partial class A;", $"Layer 'A' keeps sums in Int16, but {Int8Sums} 2 fit in Int16 where 3 are added; take Int32"),
        new("ESP0305", "[Dense(2, 4), Quantize(Int8, «Accumulators = Int16»)] partial class A;", "Layer 'A' keeps sums in Int16, but its kernels add in 32 bits; take Int32"),
        new("ESP0305", "[Dense(16, 4), Quantize(Ternary, Inputs = Int4, «Accumulators = Int4»)] partial class A;", "Layer 'A' keeps sums in Int4, but its kernels add in 32 bits: products reach 15, of which none fits in Int4 where 16 are added; take Int32"),
        new("ESP0305", "[Dense(3, 4), Quantize(Int16, «Accumulators = Int32»)] partial class A;", $"Layer 'A' keeps sums in Int32, but {FloatSums}: products reach 1073676289, of which 2 fit in Int32 where 3 are added; take Fp32"),
        new("ESP0305", "[Dense(2, 4), Quantize(Int16, «Accumulators = Int32»)] partial class A;", $"Layer 'A' keeps sums in Int32, but {FloatSums}; take Fp32"),
        new("ESP0305", "[Dense(517, 4), Quantize(Int16, Inputs = Int8, MasterWeights = false, «Accumulators = Precision.Int32»)] partial class A;", "Layer 'A' keeps sums in Int32, but Int16 weights and Int8 inputs are multiplied and added in fp32: products reach 4161409, of which 516 fit in Int32 where 517 are added; take Fp32"),
        new("ESP0305", "[Dense(3, 4), Quantize(Fp32, «Accumulators = Int32»)] partial class A;", "Layer 'A' keeps sums in Int32, but Fp32 weights and Fp32 inputs are multiplied and added in fp32; take Fp32"),
        new("ESP0305", "[Dense(3, 4), Quantize(Int8, «Accumulators = (Precision)42»)] partial class A;", "Layer 'A' keeps sums in 42, but its kernels add in 32 bits; take Int32"),
        new("ESP0310", "[Dense(3, 4), Quantize(Fp32, «MasterWeights = false»)] partial class A;", "Layer 'A' sets MasterWeights = false without effect: Fp32 weights are full precision already"),
        new("ESP0310", "[Dense(3, 4), Quantize(Int8, «Rounding = Rounding.Nearest»)] partial class A;", "Layer 'A' sets Rounding = Nearest without effect: master weights take updates in full precision, and only weights without them are rounded after each"),
        new("ESP0310", "[Dense(3, 4), Quantize(Bf16, MasterWeights = true, «Rounding = Rounding.Stochastic»)] partial class A;", "Layer 'A' sets Rounding = Stochastic without effect: master weights take updates in full precision, and only weights without them are rounded after each"),
        new("ESP0310", "[Dense(3, 4), Quantize(Fp32, Inputs = Int8, MasterWeights = false, «Rounding = Rounding.Stochastic»)] partial class A;", "Layer 'A' sets Rounding = Stochastic without effect: Fp32 weights are not rounded"),
        new("ESP0310", "[Dense(60, 40), Codebook(16), Quantize(Int8, «PerChannel = true»)] partial class A;", "Layer 'A' sets PerChannel = true without effect: a codebook holds one set of centroids for the layer, with one scale"),
        new("ESP0310", "[Dense(3, 4), Quantize(Int16, «PerChannel = true»)] partial class A;", "Layer 'A' sets PerChannel = true without effect: Int16 weights beside Fp32 inputs have no scale for each output"),
        new("ESP0310", "[Dense(3, 4), Quantize(Int8, MasterWeights = false, «PerChannel = true»)] partial class A;", "Layer 'A' sets PerChannel = true without effect: weights without master weights stand on one grid for the layer"),
        new("ESP0310", "[Dense(3, 4), Quantize(Fp16, «Inputs = Int8»)] partial class A;", "Layer 'A' sets Inputs = Int8 without effect: Fp16 weights are computed with in fp32 and their inputs are not rounded"),
        new("ESP0310", "[Dense(3, 4), Quantize(Int8, «Accumulators = Fp32»)] partial class A;", "Layer 'A' sets Accumulators = Fp32 without effect: Int8 weights and Int8 inputs are added exactly, in Int32"),
        new("ESP0310", "[Dense(3, 4), Quantize(Int8, «Outputs = Int32»)] partial class A;", "Layer 'A' sets Outputs = Int32 without effect: outputs leave in the precision that the next layer takes, and training does not round to this one"),
        new("ESP0310", "[Dense(3, 4), Quantize(«Int8», Inputs = Fp32)] partial class A;", "Layer 'A' sets Int8 weights without effect: beside Fp32 inputs the layer computes in floats, which are not rounded to Int8; integer kernels need integer inputs"),
        new("ESP0310", "[Dense(3, 4), Quantize(«weights: Ternary», Inputs = Bf16)] partial class A;", "Layer 'A' sets Ternary weights without effect: beside Bf16 inputs the layer computes in floats, which are not rounded to Ternary; integer kernels need integer inputs"),
        new("ESP0310", "[Dense(60, 40), Quantize(Int4), Codebook(8, «CentroidPrecision = Int8»)] partial class A;", "Layer 'A' sets CentroidPrecision = Int8 without effect: centroids of an integer layer stand on its Int4 grid"),
        new("ESP0310", "[Dense(60, 40), Codebook(8, «CentroidPrecision = Int8»)] partial class A;", "Layer 'A' sets CentroidPrecision = Int8 without effect: centroids of a layer that computes in floats are rounded to Fp16, Bf16 or Int16, or stay Fp32"),
        new("ESP0312", "[Dense(3, 4), Quantize(Int8, «Gradients = Int32»)] partial class A;", "Layer 'A' has Gradients = Int32, which there is no way to round to; take Fp32, Fp16, Bf16, Int16, Int8 or Int4"),
        new("ESP0312", "[Dense(3, 4), Quantize(Fp32, «Gradients = Binary»)] partial class A;", "Layer 'A' has Gradients = Binary, which there is no way to round to; take Fp32, Fp16, Bf16, Int16, Int8 or Int4"),
        new("ESP0312", "[Dense(3, 4), Quantize(Int8, «Gradients = (Precision)9»)] partial class A;", "Layer 'A' has Gradients = 9, which there is no way to round to; take Fp32, Fp16, Bf16, Int16, Int8 or Int4"),
        new("ESP0312", "[Dense(3, 4), Quantize(Int8, «Outputs = (Precision)(-1)»)] partial class A;", "Layer 'A' has Outputs = -1, which there is no way to round to; take what the next layer takes, or leave it out"),
        new("ESP0312", "[Dense(60, 40), Quantize(Int8), Codebook(8, «CentroidPrecision = (Precision)9»)] partial class A;", "Layer 'A' has CentroidPrecision = 9, which there is no way to round to; take Int8, or leave it out"),
        new("ESP0312", "[Dense(3, 3), Quantize(Int8, «Outputs = (Precision)42»)] partial class A; [Sequential(typeof(A), typeof(A))] partial class M;", "Layer 'A' has Outputs = 42, which there is no way to round to; take what the next layer takes, or leave it out"),
        new("ESP0312", "[Dense(60, 40), Codebook(8, «CentroidPrecision = (Precision)9»)] partial class A;", "Layer 'A' has CentroidPrecision = 9, which there is no way to round to; take Fp32, Fp16, Bf16 or Int16"),
    ];

    public static readonly RuleCase[] NearMisses =
    [
        new("ESP0305", "[Dense(784, 4), Quantize(Int8, Accumulators = Int32)] partial class A; [Dense(784, 4), Quantize(Int4, Inputs = Int16, Accumulators = Int32)] partial class B;"),
        new("ESP0305", "[Dense(784, 4), Quantize(Int8, Accumulators = Bf16)] partial class A; [Dense(784, 4), Quantize(Int16, Accumulators = Fp32)] partial class B; [Dense(3, 4), Quantize(Fp32, Accumulators = Bf16)] partial class C; [Dense(70000, 4)] partial class D;"),
        new("ESP0310", "[Dense(3, 4), Quantize(Fp16, MasterWeights = false)] partial class A; [Dense(3, 4), Quantize(Fp32, MasterWeights = true)] partial class B; [Dense(3, 4), Quantize(Fp32, Inputs = Int8, MasterWeights = false)] partial class C;"),
        new("ESP0310", "[Dense(3, 4), Quantize(Int8, MasterWeights = false, Rounding = Rounding.Stochastic)] partial class A; [Dense(3, 4), Quantize(Int4, MasterWeights = true)] partial class B;"),
        new("ESP0310", "[Dense(60, 40), Quantize(Int8, PerChannel = true)] partial class A; [Dense(60, 40), Quantize(Int8, PerChannel = false), Codebook(8)] partial class B; [Dense(60, 40), Quantize(Fp16, PerChannel = false)] partial class C;"),
        new("ESP0310", "[Dense(3, 4), Quantize(Int8, Inputs = Int4)] partial class A; [Dense(3, 4), Quantize(Fp16, Inputs = Int8, MasterWeights = false)] partial class B; [Dense(3, 4), Quantize(Int8, Inputs = Fp32, MasterWeights = false)] partial class C; [Dense(3, 4), Quantize(Bf16, Inputs = Bf16)] partial class D;"),
        new("ESP0310", "[Dense(3, 4), Quantize(Int8, Outputs = Int8)] partial class A; [Dense(3, 4), Quantize(Fp32, Outputs = Fp16)] partial class B; [Dense(3, 4), Quantize(Int8, Accumulators = Bf16)] partial class C; [Dense(3, 4), Quantize(Fp16, Accumulators = Fp32)] partial class D;"),
        new("ESP0310", "[Dense(60, 40), Quantize(Int8), Codebook(8, CentroidPrecision = Int8)] partial class A; [Dense(60, 40), Codebook(8, CentroidPrecision = Int16)] partial class B; [Dense(60, 40), Quantize(Fp16), Codebook(8, CentroidPrecision = Fp32)] partial class C;"),
        new("ESP0312", "[Dense(60, 40), Quantize(Int8, Gradients = Int4)] partial class A; [Dense(60, 40), Quantize(Int8, Gradients = Int16, Outputs = Int16)] partial class B; [Dense(60, 40), Quantize(Bf16, Gradients = Bf16), Codebook(8, CentroidPrecision = Bf16)] partial class C;"),
    ];
}
