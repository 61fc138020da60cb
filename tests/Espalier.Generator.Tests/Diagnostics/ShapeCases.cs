namespace Espalier.Generator.Tests;

internal static class ShapeCases
{
    private const string Chain = "[Dense(3, 4), Softmax] partial class A; [Dense(5, 4)] partial class B; [Dense(4, 5)] partial class C; ";

    public static readonly RuleCase[] Firing =
    [
        new("ESP0201", "[Dense(«0», 4)] partial class A;", "Layer 'A' has 0 inputs; it needs at least 1"),
        new("ESP0201", "[Dense(3, «-4»)] partial class A;", "Layer 'A' has -4 outputs; it needs at least 1"),
        new("ESP0201", "[Dense(«outputs: 0», inputs: 3)] partial class A;", "Layer 'A' has 0 outputs; it needs at least 1"),
        new("ESP0202", Chain + "[Sequential(typeof(C), typeof(B), «typeof(B)»)] partial class M;", "In model 'M' layer 1/B gives 4 numbers and layer 2/B takes 5"),
        new("ESP0202", Chain + "[Sequential(new System.Type[] { typeof(C), «typeof(C)» })] partial class M;", "In model 'M' layer 0/C gives 5 numbers and layer 1/C takes 4"),
        new("ESP0203", "[«Dense(100000, 100000)»] partial class A;", "Layer 'A' has 10000000000 weights; a layer can have 1073741824"),
        new("ESP0204", Chain + "[Sequential(«typeof(A)», typeof(C))] partial class M;", "In model 'M' layer 0/A has a softmax, which only the last layer (position 1) can have"),
    ];

    public static readonly RuleCase[] NearMisses =
    [
        new("ESP0201", "[Dense(1, 1)] partial class A;"),
        new("ESP0202", Chain + "[Sequential(typeof(C), typeof(B), typeof(C))] partial class M;"),
        new("ESP0203", "[Dense(32768, 32768)] partial class A;"),
        new("ESP0204", Chain + "[Sequential(typeof(C), typeof(B), typeof(A2))] partial class M; [Dense(4, 4), Softmax] partial class A2;"),
    ];
}
