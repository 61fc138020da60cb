using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

/// <summary>The generator's part of a layout: its kernel as text.</summary>
internal abstract partial class KernelLayout
{
    /// <summary>The runtime's class that holds the packed weights.</summary>
    public abstract string PackedClass { get; }

    /// <summary>The dialect that a plan's kernel is written in.</summary>
    public virtual Dialect DialectOf(KernelPlan plan) => DialectList.For(plan.Tier);

    /// <summary>Arguments of <c>Pack</c> after weights, tier, shape and the order of the inputs.</summary>
    public abstract string PackArguments(LayerFacts facts);

    /// <summary>Whether the kernel exists twice: at the planned depth, and widening every step for weights that break it.</summary>
    public virtual bool HasSafeTwin(KernelPlan plan) => plan.Depth > 1;

    /// <summary>Writes the statements of the kernel; <c>layer</c>, <c>input</c> and <c>output</c> are its parameters.</summary>
    public abstract void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect);

    /// <summary>Methods besides the kernel that it calls, as text; equal texts are written once.</summary>
    public virtual string[] Methods(KernelPlan plan, Dialect dialect) => new[] { dialect.ArithmeticMethods };
}
