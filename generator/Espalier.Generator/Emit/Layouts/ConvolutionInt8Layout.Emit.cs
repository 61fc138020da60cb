using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;
using Espalier.Generator.Emit.Images;

namespace Espalier.Planning;

internal sealed partial class ConvolutionInt8Layout
{
    public override string PackedClass => "ConvolutionInt8.V1";

    // VBMI's permutations are of no use here.
    public override Dialect DialectOf(KernelPlan plan) =>
        plan.Depth == 0 ? DialectList.Accumulating(plan.Tier) : DialectList.For(plan.Tier == Tier.Avx512Vbmi ? Tier.Avx512 : plan.Tier);

    public override void EmitMethods(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, string name) =>
        new IntegerConvolutionKernel(facts, plan, dialect, PackedClass, name).Emit(writer);
}
