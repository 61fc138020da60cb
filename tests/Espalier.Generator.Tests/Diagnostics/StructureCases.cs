namespace Espalier.Generator.Tests;

/// <summary>Models, and sparsity.</summary>
internal static class StructureCases
{
    private const string Head = "[Dense(784, 300), Relu] public partial class H; ";
    private const string Ends = "; leave the activation out or take Softmax";

    public static readonly RuleCase[] Firing =
    [
        new("ESP0112", "[Dense(3, 4)] partial class «A»;", Unlisted("A")),
        new("ESP0112", "[Dense(3, 4)] partial class «A»; [Dense(3, 5)] partial class B; [Sequential(typeof(B))] partial class M;", Unlisted("A")),
        new("ESP0112", "public partial class Outer { [Dense(3, 4)] private partial class «A»; }", Unlisted("A")),
        new("ESP0112", "partial class Outer { [Dense(3, 4)] public partial class «A»; }", Unlisted("A")),
        new("ESP0112", "[System.Serializable] class B; [Dense(3, 4)] partial class «A»; class C { System.Type[] listed = { typeof(A) }; }", Unlisted("A")),
        new("ESP0205", Head + "[Dense(300, 10), Sigmoid] partial class O; [Sequential(typeof(H), «typeof(O)»)] partial class M;",
            "Model 'M' ends with the Sigmoid of layer 1/O; training puts softmax and cross-entropy on it, and scores of 0 to 1 give no class of 10 more than 23.2 %, a loss of 1.46 at best" + Ends),
        new("ESP0205", "[Dense(300, 2), Tanh] partial class O; [Sequential(new System.Type[] { «typeof(O)» })] partial class M;",
            "Model 'M' ends with the Tanh of layer 0/O; training puts softmax and cross-entropy on it, and scores of -1 to 1 give no class of 2 more than 88.1 %, a loss of 0.13 at best" + Ends),
        new("ESP0205", Head + "[Sequential(«typeof(H)»)] partial class M;",
            "Model 'M' ends with the Relu of layer 0/H; training puts softmax and cross-entropy on it, and scores below 0 learn nothing" + Ends),
        new("ESP0402", "[Dense(784, 300), Prune(«0.3»)] partial class A;", Dense("0.3", "from a sparsity of 0.369 on")),
        new("ESP0402", "[Dense(784, 300), Quantize(Int8), Prune(«sparsity: 0.361», Schedule = PruningSchedule.OneShot)] partial class A;", Dense("0.361", "from a sparsity of 0.362 on")),
        new("ESP0402", "[Dense(100, 10), Quantize(Int8), Codebook(16), Prune(«1 / 2.0»)] partial class A;", Dense("0.5", "from a sparsity of 0.552 on")),
        new("ESP0402", "[Dense(10, 10), Prune(«0.99»)] partial class A;", Dense("0.99", "at no sparsity")),
        new("ESP0402", "[Dense(784, 300), Quantize(Bf16), Prune(«0.5», Structure = SparsityStructure.Grouped)] partial class A;", Dense("0.5", "from a sparsity of 0.598 on")),
        new("ESP0403", "[Dense(782, 300), Prune(0.5, Structure = SparsityStructure.Grouped, «GroupSize = 4»)] partial class A;", Groups(4, "its 782 inputs are no multiple of that; 2 fits")),
        new("ESP0403", "[Dense(783, 300), Prune(0.5, «Structure = SparsityStructure.Grouped»)] partial class A;", Groups(4, "its 783 inputs are no multiple of that; no size from 2 to 64 fits both 783 inputs and sparsity 0.5")),
        new("ESP0403", "[Dense(784, 300), Prune(0.5, «GroupSize = 1», Structure = SparsityStructure.Grouped)] partial class A;", Groups(1, "a group has at least 2 inputs; 2 fits")),
        new("ESP0403", "[Dense(784, 300), Prune(0.75, Structure = SparsityStructure.Grouped, «GroupSize = -2147483648»)] partial class A;", Groups(int.MinValue, "a group has at least 2 inputs; 4 fits")),
        new("ESP0403", "[Dense(784, 300), Prune(«0.6», Structure = SparsityStructure.Grouped, GroupSize = 4)] partial class A;", Groups(4, "sparsity 0.6 keeps 1.6 weights of each, which must be a whole number from 1 to 3; 0.5 keeps 2")),
        new("ESP0403", "[Dense(784, 300), Prune(«0.9», Structure = SparsityStructure.Grouped)] partial class A;", Groups(4, "sparsity 0.9 keeps 0.4 weights of each, which must be a whole number from 1 to 3; 0.75 keeps 1")),
        new("ESP0403", "[Dense(784, 300), Prune(«0», Structure = SparsityStructure.Grouped)] partial class A;", Groups(4, "sparsity 0 keeps 4 weights of each, which must be a whole number from 1 to 3; 0.25 keeps 3")),
        new("ESP0403", "[Dense(784, 300), Prune(0.5, «GroupSize = 8»)] partial class A;", Groups(8, "that needs Structure = SparsityStructure.Grouped too")),
    ];

    public static readonly RuleCase[] NearMisses =
    [
        new("ESP0112", "[Dense(3, 4)] public partial class A; public partial class Outer { [Dense(3, 4)] protected partial class B; }"),
        new("ESP0112", "[Dense(3, 3)] partial class A; partial class Outer { [Sequential(typeof(A), typeof(A))] partial class M; }"),
        new("ESP0112", "namespace Deep { [Sequential(new[] { typeof(A) })] partial class M; } [Dense(3, 4)] partial class A;"),
        new("ESP0112", "[Dense(3, 4)] partial class A; partial class M; [Sequential(typeof(A))] partial class M;"),
        new("ESP0205", "[Dense(300, 10), Softmax] partial class O; [Dense(300, 10)] partial class P; [Dense(300, 1), Sigmoid] partial class Q; " + Head
            + "[Sequential(typeof(H), typeof(O))] partial class M; [Sequential(typeof(H), typeof(P))] partial class N; [Sequential(typeof(H), typeof(Q))] partial class K;"),
        new("ESP0402", "[Dense(784, 300), Prune(0.369)] partial class A; [Dense(784, 300), Quantize(Int8), Prune(0.362)] partial class B; [Dense(100, 10), Quantize(Int8), Codebook(16), Prune(0.552)] partial class C;"),
        new("ESP0402", "[Dense(784, 300), Prune(0)] partial class A; [Dense(784, 300)] partial class B;"),
        new("ESP0403", "[Dense(784, 300), Prune(0.5, Structure = SparsityStructure.Grouped)] partial class A; [Dense(9, 300), Prune(0.67, Structure = SparsityStructure.Grouped, GroupSize = 3)] partial class B;"),
        new("ESP0403", "[Dense(783, 300), Prune(0.6)] partial class A; [Dense(784, 300), Prune(0.6, Structure = SparsityStructure.Unstructured)] partial class B;"),
    ];

    private static string Unlisted(string layer) => $"Layer '{layer}' is listed in no model of this project; list it in a model's [Sequential(typeof({layer}))] or delete it";

    private static string Dense(string sparsity, string change) =>
        $"Layer 'A' with sparsity {sparsity} runs a dense kernel on Avx512VbmiVnni, where a sparse one is faster {change}; what ships is smaller all the same";

    private static string Groups(int size, string why) => $"Layer 'A' cannot be pruned in groups of {size}: {why}";
}
