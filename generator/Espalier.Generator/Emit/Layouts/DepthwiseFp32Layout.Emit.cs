using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;
using Espalier.Generator.Emit.Images;

namespace Espalier.Planning;

internal sealed partial class DepthwiseFp32Layout
{
    public override string PackedClass => "DepthwiseFp32.V1";

    // Instruction sets that differ in bytes alone share the kernel.
    public override Dialect DialectOf(KernelPlan plan) => FloatDialects.For(plan.Tier);

    public override string[] Methods(KernelPlan plan, Dialect dialect) => [];

    public override void EmitMethods(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, string name) =>
        new FloatDepthwiseKernel(facts, plan, dialect, PackedClass, name).Emit(writer);
}
