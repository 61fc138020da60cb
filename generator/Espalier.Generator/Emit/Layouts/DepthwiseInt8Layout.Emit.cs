using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;
using Espalier.Generator.Emit.Images;

namespace Espalier.Planning;

internal sealed partial class DepthwiseInt8Layout
{
    public override string PackedClass => "DepthwiseInt8.V1";

    // VBMI's permutations are of no use here; nor is AVX-VNNI beside AVX-512, whose vectors are twice as wide.
    public override Dialect DialectOf(KernelPlan plan) =>
        DialectList.For(plan.Tier is Tier.Avx512Vbmi or Tier.Avx512VbmiVnni ? Tier.Avx512 : plan.Tier);

    public override void EmitMethods(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, string name) =>
        new IntegerDepthwiseKernel(facts, plan, dialect, PackedClass, name).Emit(writer);
}
