using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;
using Espalier.Generator.Emit.Images;

namespace Espalier.Planning;

internal abstract partial class SparseConvolutionFloatLayout
{
    /// <summary>Words of a nonzero in the table.</summary>
    private protected abstract int NonzeroWords { get; }

    /// <summary>The place of the number that <c>nonzero</c> multiplies, from a pixel's.</summary>
    private protected abstract string Place { get; }

    /// <summary>The value of <c>nonzero</c>.</summary>
    private protected abstract string Value { get; }

    /// <summary>What a tile needs besides; empty where it needs nothing.</summary>
    private protected virtual string Constants => "";

    // Instruction sets that differ in bytes alone share the kernel.
    public override Dialect DialectOf(KernelPlan plan) => FloatDialects.For(plan.Tier);

    public override string[] Methods(KernelPlan plan, Dialect dialect) => [];

    public override void EmitMethods(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, string name) =>
        new SparseFloatConvolutionKernel(facts, plan, dialect, PackedClass, name, NonzeroWords, Place, Value, Constants).Emit(writer);
}
