using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;
using Espalier.Generator.Emit.Images;

namespace Espalier.Planning;

internal sealed partial class WinogradInt8Layout
{
    public override string PackedClass => "WinogradInt8.V1";

    // 512-bit products and additions, or 256-bit VNNI: both come to as many a cycle on Intel, and the former run on all of AVX-512. Byte permutations are of no use.
    public override Dialect DialectOf(KernelPlan plan) =>
        DialectList.For(plan.Tier is Tier.Avx512Vbmi or Tier.Avx512VbmiVnni ? Tier.Avx512 : plan.Tier);

    public override string[] Methods(KernelPlan plan, Dialect dialect) => [];

    public override void EmitMethods(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, string name) =>
        new IntegerWinogradKernel(facts, plan, dialect, PackedClass, name).Emit(writer);
}
