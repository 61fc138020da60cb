namespace Espalier.Generator.Tests;

internal static class UsageCases
{
    public static readonly RuleCase[] Firing =
    [
        new("ESP0101", "[Dense(3, 4)] public class «A»;", "Class 'A' must be partial: its other half is generated"),
        new("ESP0101", "[Dense(3, 4)] public partial class A; [Sequential(typeof(A))] class «M»;", "Class 'M' must be partial: its other half is generated"),
        new("ESP0102", "class Outer { [Dense(3, 4)] partial class «A»; }", "Type 'Outer' must be partial because the other half of 'A' is generated inside it"),
        new("ESP0102", "struct Box { partial class Inner { [Dense(3, 4)] partial class «A»; } }", "Type 'Box' must be partial because the other half of 'A' is generated inside it"),
        new("ESP0103", "[AccuracyFloor(0.5)] partial record M; [Dense(3, 4)] partial class A; [Sequential(typeof(A))] partial record «M»;", "'M' is a record; a layer or model is a class that is neither generic, static, abstract nor a record"),
        new("ESP0103", "[Dense(3, 4)] partial class «A»<T>;", "'A' is generic; a layer or model is a class that is neither generic, static, abstract nor a record"),
        new("ESP0103", "[Dense(3, 4)] static partial class «A»;", "'A' is static; a layer or model is a class that is neither generic, static, abstract nor a record"),
        new("ESP0103", "[Dense(3, 4)] abstract partial class «A»;", "'A' is abstract; a layer or model is a class that is neither generic, static, abstract nor a record"),
        new("ESP0103", "[Dense(3, 4)] partial record «A»;", "'A' is a record; a layer or model is a class that is neither generic, static, abstract nor a record"),
        new("ESP0103", "[Dense(3, 4)] partial struct «A»;", "'A' is not a class; a layer or model is a class that is neither generic, static, abstract nor a record"),
        new("ESP0103", "[Dense(3, 4)] file partial class «A»;", "'A' is visible in its file only; a layer or model is a class that is neither generic, static, abstract nor a record"),
        new("ESP0103", "partial class G<T> { [Dense(3, 4)] partial class «A»; }", "'A' stands in the generic type G; a layer or model is a class that is neither generic, static, abstract nor a record"),
        new("ESP0103", "[Dense(3, 4)] partial class «@event»;", "'event' has the keyword event in its name; a layer or model is a class that is neither generic, static, abstract nor a record"),
        new("ESP0104", "[Dense(3, 4), «Sequential(typeof(B))»] partial class A; [Dense(3, 4)] partial class B;", "Class 'A' has [Dense] and [Sequential]; it can be one layer or one model"),
        new("ESP0104", "[Dense(3, 4), «Dense(3, 5)»] partial class A;", "Class 'A' has [Dense] and [Dense]; it can be one layer or one model"),
        new("ESP0105", "[Dense(3, 4), Relu, «Tanh»] partial class A;", "Layer 'A' has the activations Relu and Tanh; it can have one"),
        new("ESP0106", "[«Quantize(Int8)»] partial class A;", "[Quantize] has no effect on 'A', which has no layer attribute such as [Dense(inputs, outputs)]"),
        new("ESP0106", "[«Prune(0.5)»] partial class A;", "[Prune] has no effect on 'A', which has no layer attribute such as [Dense(inputs, outputs)]"),
        new("ESP0106", "[Dense(3, 4)] partial class B; [Sequential(typeof(B)), «Relu»] partial class A;", "[Relu] has no effect on 'A', which has no layer attribute such as [Dense(inputs, outputs)]"),
        new("ESP0110", "[Dense(3, 4)] partial class A; class B; [Sequential(typeof(A), «typeof(B)»)] partial class M;", "'B' at position 1 of model 'M' is no layer: it has no layer attribute such as [Dense(inputs, outputs)]"),
        new("ESP0110", "[Sequential(«typeof(int[])»)] partial class M;", "'int[]' at position 0 of model 'M' is no layer: it has no layer attribute such as [Dense(inputs, outputs)]"),
        new("ESP0110", "[Sequential(new[] { «typeof(string)» })] partial class M;", "'string' at position 0 of model 'M' is no layer: it has no layer attribute such as [Dense(inputs, outputs)]"),
        new("ESP0110", "[Dense(3, 4)] partial class A; [Sequential(typeof(A), «null»)] partial class M;", "'null' at position 1 of model 'M' is no layer: it has no layer attribute such as [Dense(inputs, outputs)]"),
        new("ESP0111", "[«Sequential»] partial class M;", "Model 'M' lists no layer"),
        new("ESP0111", "[«Sequential()»] partial class M;", "Model 'M' lists no layer"),
    ];

    public static readonly RuleCase[] NearMisses =
    [
        new("ESP0101", "[Dense(3, 4)] public partial class A; public class B; [System.Obsolete] public class C;"),
        new("ESP0102", "partial class Outer { [Dense(3, 4)] partial class A; class Other; }"),
        new("ESP0103", "[Dense(3, 4)] sealed partial class A; class G<T>; partial interface I { [Dense(3, 4)] internal partial class B; }"),
        new("ESP0104", "[Dense(3, 4)] partial class A; [Sequential(typeof(A))] partial class M;"),
        new("ESP0105", "[Dense(3, 4), Relu] partial class A; [Dense(3, 4), Tanh] partial class B;"),
        new("ESP0106", "[Dense(30, 40), Quantize(Int8), Prune(0.5), Codebook(16), Relu] partial class A;"),
        new("ESP0106", "[Dense(3, 4)] partial class A; [Prune(0.5)] partial class A;"),
        new("ESP0110", "[Dense(3, 3)] partial class A; [Sequential(typeof(A), typeof(A))] partial class M;"),
        new("ESP0111", "[Dense(3, 4)] partial class A; [Sequential(typeof(A))] partial class M;"),
    ];
}
