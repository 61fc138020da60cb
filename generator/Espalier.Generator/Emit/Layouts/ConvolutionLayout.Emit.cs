using System;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal abstract partial class ConvolutionLayout
{
    public override string PackArguments(LayerFacts facts) => "";

    /// <summary>Writes the method that runs a plan, and those that it calls.</summary>
    public abstract void EmitMethods(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, string name);

    // A convolution is several methods, which are written together.
    public sealed override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect) => throw new NotSupportedException();
}
