namespace Espalier.Generator.Tests;

/// <summary>Precisions of a model's layers together with how it is trained.</summary>
internal static class LowPrecisionModelCases
{
    private const string Nearest = "[Dense(64, 128), Relu, Quantize(Int8, MasterWeights = false, Rounding = Rounding.Nearest)] partial class A; [Dense(128, 10)] partial class B; ";
    private const string Half = "[Dense(3, 4)] partial class A; [Dense(4, 4), Quantize(Fp16, Gradients = Fp16)] partial class H; ";
    private const string Sums = "[Dense(3, 4), Quantize(Fp16, Accumulators = Fp16)] partial class S; ";
    private const string Outputs = "[Dense(4, 4), Quantize(Int8, Outputs = Int4)] partial class A; [Dense(4, 4), Quantize(Int8)] partial class B; [Dense(4, 4)] partial class C; [Dense(4, 4), Quantize(Bf16, Outputs = Bf16)] partial class D; ";
    private const string Lost = "updates are lost (ΔW = 0); take Rounding = Stochastic, a larger learning rate or master weights";
    private const string Unsaid = "(the learning rate unless options say otherwise)";
    private const string Unscaled = "and without loss scaling: what is below 3e-08 becomes 0 and what is below 6.1e-05 loses bits; add DynamicLossScaling = true to [Train]";

    public static readonly RuleCase[] Firing =
    [
        new("ESP0306", Nearest + "[Sequential(«typeof(A)», typeof(B))] partial class M;", $"In model 'M' layer 0/A rounds updates of about 0.002 {Unsaid} to nearest, and its Int8 weights lie 0.0156 apart: below half of that, 0.00781, {Lost}"),
        new("ESP0306", Nearest + "[Sequential(new[] { «typeof(A)», typeof(B) }), Train(LearningRate = 0.0078)] partial class M;", $"In model 'M' layer 0/A rounds updates of about 0.0078 (the learning rate) to nearest, and its Int8 weights lie 0.0156 apart: below half of that, 0.00781, {Lost}"),
        new("ESP0306", Nearest + "[Dense(128, 3), Quantize(Bf16, MasterWeights = false, Rounding = Rounding.Nearest)] partial class C; [Sequential(typeof(B2), «typeof(C)»), Train(LearningRate = 0.0002)] partial class M; [Dense(1, 128)] partial class B2;", $"In model 'M' layer 1/C rounds updates of about 0.0002 (the learning rate) to nearest, and its Bf16 weights lie 0.000977 apart: below half of that, 0.000488, {Lost}"),
        new("ESP0306", "[Dense(784, 10), Quantize(Fp16, MasterWeights = false, Rounding = Rounding.Nearest)] partial class C; [Sequential(«typeof(C)»), Train(LearningRate = 1e-5)] partial class M;", $"In model 'M' layer 0/C rounds updates of about 1E-05 (the learning rate) to nearest, and its Fp16 weights lie 6.1E-05 apart: below half of that, 3.05E-05, {Lost}"),
        new("ESP0306", "[Dense(784, 10), Quantize(Int16, MasterWeights = false, Rounding = Rounding.Nearest)] partial class C; [Sequential(«typeof(C)»), Train(LearningRate = 1e-6)] partial class M;", $"In model 'M' layer 0/C rounds updates of about 1E-06 (the learning rate) to nearest, and its Int16 weights lie 1.53E-05 apart: below half of that, 7.63E-06, {Lost}"),
        new("ESP0306", "[Dense(784, 10), Quantize(Ternary, MasterWeights = false, Rounding = default)] partial class C; [Sequential(«typeof(C)»), Train(LearningRate = 0.05)] partial class M;", $"In model 'M' layer 0/C rounds updates of about 0.05 (the learning rate) to nearest, and its Ternary weights lie 0.125 apart: below half of that, 0.0625, {Lost}"),
        new("ESP0307", Half + "[Sequential(typeof(A), «typeof(H)», typeof(H))] partial class M;", $"Model 'M' trains layer 1/H with gradients in Fp16 {Unscaled}"),
        new("ESP0307", Half + "[Sequential(typeof(A), «typeof(H)»), Train(Epochs = 3)] partial class M;", $"Model 'M' trains layer 1/H with gradients in Fp16 {Unscaled}"),
        new("ESP0307", Half + "[Sequential(typeof(H)), Train(Epochs = 3, «DynamicLossScaling = false»)] partial class M;", $"Model 'M' trains layer 0/H with gradients in Fp16 {Unscaled}"),
        new("ESP0307", Half + "[Sequential(typeof(H)), Train(«LossScaling = 1»)] partial class M;", $"Model 'M' trains layer 0/H with gradients in Fp16 {Unscaled}"),
        new("ESP0307", Sums + "[Sequential(«typeof(S)»)] partial class M;", $"Model 'M' trains layer 0/S with gradients added up in Fp16 {Unscaled}"),
        new("ESP0308", Half + "[Sequential(typeof(H)), Train(«LossScaling = 4194304»)] partial class M;", "Model 'M' scales the loss by 4.194E+06 over batches of 32: its gradients reach 1.311E+05, and layer 0/H has gradients in Fp16, which holds 6.1e-05 to 65504; take a factor from 0.001953 to 2.096E+06, or DynamicLossScaling = true"),
        new("ESP0308", Half + "[Sequential(typeof(H)), Train(«LossScaling = 70000», BatchSize = 1)] partial class M;", "Model 'M' scales the loss by 7E+04 over batches of 1: its gradients reach 7E+04, and layer 0/H has gradients in Fp16, which holds 6.1e-05 to 65504; take a factor from 6.104E-05 to 6.55E+04, or DynamicLossScaling = true"),
        new("ESP0308", Half + "[Sequential(typeof(H)), Train(DynamicLossScaling = false, «LossScaling = 0.001»)] partial class M;", "Model 'M' scales the loss by 0.001 over batches of 32: its gradients reach 3.125E-05, and layer 0/H has gradients in Fp16, which holds 6.1e-05 to 65504; take a factor from 0.001953 to 2.096E+06, or DynamicLossScaling = true"),
        new("ESP0311", Outputs + "[Sequential(«typeof(A)», typeof(B))] partial class M;", "In model 'M' layer 0/A sets Int4 outputs and layer 1/B takes Int8 inputs, and what the next layer takes decides; leave Outputs out or make it Int8"),
        new("ESP0311", Outputs + "[Sequential(typeof(B), «typeof(A)», typeof(C))] partial class M;", "In model 'M' layer 1/A sets Int4 outputs and layer 2/C takes Fp32 inputs, and what the next layer takes decides; leave Outputs out or make it Fp32"),
        new("ESP0311", Outputs + "[Sequential(«typeof(D)», typeof(B))] partial class M;", "In model 'M' layer 0/D sets Bf16 outputs and layer 1/B takes Int8 inputs, and what the next layer takes decides; leave Outputs out or make it Int8"),
    ];

    public static readonly RuleCase[] NearMisses =
    [
        new("ESP0306", Nearest + "[Sequential(typeof(A), typeof(B)), Train(LearningRate = 0.0079)] partial class M;"),
        new("ESP0306", "[Dense(784, 300), Relu, Quantize(Int8, MasterWeights = false, Rounding = Rounding.Nearest)] partial class A; [Sequential(typeof(A))] partial class M;"),
        new("ESP0306", "[Dense(64, 128), Quantize(Int8, MasterWeights = false)] partial class A; [Dense(128, 10), Quantize(Int8)] partial class B; [Dense(10, 10), Quantize(Fp16, MasterWeights = false, Rounding = Rounding.Nearest)] partial class C; [Sequential(typeof(A), typeof(B), typeof(C))] partial class M;"),
        new("ESP0306", Nearest),
        new("ESP0307", Half + "[Sequential(typeof(H)), Train(DynamicLossScaling = true)] partial class M; [Sequential(typeof(H)), Train(LossScaling = 1024)] partial class N; [Sequential(typeof(A))] partial class O;"),
        new("ESP0307", "[Dense(3, 4), Quantize(Bf16, Gradients = Bf16)] partial class A; [Dense(4, 4), Quantize(Fp16, Inputs = Fp16, Outputs = Fp16)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M;"),
        new("ESP0308", Half + "[Sequential(typeof(H)), Train(LossScaling = 2096000)] partial class M; [Sequential(typeof(H)), Train(LossScaling = 0.002)] partial class N;"),
        new("ESP0308", Half + "[Sequential(typeof(H)), Train(LossScaling = 1e9, DynamicLossScaling = true)] partial class M; [Sequential(typeof(A)), Train(LossScaling = 1e9)] partial class N;"),
        new("ESP0311", "[Dense(4, 4), Quantize(Int8, Outputs = Int8)] partial class A; [Dense(4, 4), Quantize(Int8, Inputs = Int4)] partial class B; [Dense(4, 4), Quantize(Fp16, Outputs = Fp16)] partial class C; [Dense(4, 4)] partial class D; [Sequential(typeof(A), typeof(A))] partial class M; [Sequential(typeof(D), typeof(B), typeof(D))] partial class N2; [Sequential(typeof(C), typeof(D))] partial class O; [Sequential(typeof(D), typeof(A))] partial class P;"),
    ];
}
