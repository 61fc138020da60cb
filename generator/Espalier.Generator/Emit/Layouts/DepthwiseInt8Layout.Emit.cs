using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;
using Espalier.Generator.Emit.Images;

namespace Espalier.Planning;

internal sealed partial class DepthwiseInt8Layout
{
    public override string PackedClass => "DepthwiseInt8.V1";

    // VBMI's permutations are of no use here. AVX-VNNI is what vectors of 256 bits take where there is no more of a layer.
    public override Dialect DialectOf(KernelPlan plan) =>
        DialectList.For(plan is { Tier: Tier.Avx512Vbmi or Tier.Avx512VbmiVnni, Rows: 64 } ? Tier.Avx512 : plan.Tier, plan.Rows / 4);

    public override string[] Methods(KernelPlan plan, Dialect dialect) => [dialect.ArithmeticMethods];

    public override void EmitMethods(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, string name) =>
        new IntegerDepthwiseKernel(facts, plan, dialect, PackedClass, name).Emit(writer);
}
