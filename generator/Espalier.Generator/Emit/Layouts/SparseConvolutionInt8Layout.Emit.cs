using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;
using Espalier.Generator.Emit.Images;

namespace Espalier.Planning;

internal sealed partial class SparseConvolutionInt8Layout
{
    public override string PackedClass => "SparseConvolutionInt8.V1";

    // The packer keeps sums in 16 bits whatever the weights are.
    public override bool HasSafeTwin(KernelPlan plan) => false;

    // Neither VBMI's permutations nor dot products are of use here.
    public override Dialect DialectOf(KernelPlan plan) => DialectList.For(plan.Tier switch
    {
        Tier.Avx512Vbmi or Tier.Avx512VbmiVnni => Tier.Avx512,
        Tier.AvxVnni => Tier.Avx2,
        Tier.AdvSimdDp => Tier.AdvSimd,
        var tier => tier,
    });

    public override string[] Methods(KernelPlan plan, Dialect dialect) => [dialect.ArithmeticMethods, dialect.PairMethods];

    public override void EmitMethods(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, string name) =>
        new SparseConvolutionKernel(facts, plan, dialect, PackedClass, name).Emit(writer);
}
