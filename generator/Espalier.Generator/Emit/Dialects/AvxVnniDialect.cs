using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>
/// AVX2 with AVX-VNNI: one instruction takes the place of three and needs no proof that 16-bit sums stay in range. The class is in
/// .NET since 8, so in every compilation that can reference the runtime. Its 512-bit form, <c>AvxVnni.V512</c>, comes with .NET 11.
/// </summary>
internal sealed class AvxVnniDialect : Avx2Dialect
{
    public override Tier Tier => Tier.AvxVnni;

    public override string Title => "AVX2 with VNNI";

    // AVX-512 does not bring this form along: Zen 4 has AVX-512 with VBMI and no AVX-VNNI.
    public override bool RunsOn(Tier tier) => tier is Tier.AvxVnni or Tier.Avx512VbmiVnni;

    public override int BytesAhead => 4096;

    public override string Accumulate(string sums, string activations, string weights) =>
        $"AvxVnni.MultiplyWideningAndAdd({sums}, {activations}, {weights})";
}
