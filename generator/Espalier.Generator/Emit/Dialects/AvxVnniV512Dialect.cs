using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>
/// 512-bit VNNI, which .NET has since 11: written only where the consumer's framework has the class, chosen when the processor
/// has it, over the tables of the plan that it stands in for. .NET has it with VBMI only; Zen 4 has it without AVX-VNNI.
/// </summary>
internal sealed class AvxVnniV512Dialect : Avx512VbmiDialect
{
    public static AvxVnniV512Dialect Instance { get; } = new();

    /// <summary>The class that a framework has or has not.</summary>
    public const string MetadataName = "System.Runtime.Intrinsics.X86.AvxVnni+V512";

    /// <summary>Whether the processor has it.</summary>
    public const string Condition = "AvxVnni.V512.IsSupported";

    public override string Name => "AvxVnniV512";

    public override string Title => "AVX-512 with VBMI and 512-bit VNNI";

    public override string Accumulate(string sums, string activations, string weights) =>
        $"AvxVnni.V512.MultiplyWideningAndAdd({sums}, {activations}, {weights})";
}
