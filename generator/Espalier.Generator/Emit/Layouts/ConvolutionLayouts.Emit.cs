using System;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal abstract partial class ConvolutionLayout
{
    public override string PackArguments(LayerFacts facts) => "";

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect) => throw new NotSupportedException();
}

internal sealed partial class ConvolutionFp32Layout
{
    public override string PackedClass => "ConvolutionFp32.V1";
}

internal sealed partial class ConvolutionInt8Layout
{
    public override string PackedClass => "ConvolutionInt8.V1";
}
