using System;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class DeltaLaneSlicesLayout
{
    // One instruction for two where the processor has GFNI; the same bits either way, and the choice is made when the method is compiled.
    private const string HighNibbles =
        """
        /// <summary>The high four bits of each byte: a product with a bit matrix where the processor has them, otherwise shift and mask.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<byte> HighNibbles(Vector512<byte> bytes, Vector512<byte> constant) => Gfni.V512.IsSupported
            ? Gfni.V512.GaloisFieldAffineTransform(bytes, constant, 0)
            : Vector512.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & constant;
        """;

    public override string PackedClass => "DeltaLaneSlices.V1";

    public override string PackArguments(LayerFacts facts) => $"floats: {(facts.Output == EdgeForm.Floats ? "true" : "false")}";

    public override string[] Methods(KernelPlan plan, Dialect dialect) => new[] { dialect.ArithmeticMethods, HighNibbles };

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect) =>
        new DeltaSliceKernel(facts, plan, dialect, Array.Empty<int>()).Emit(writer);
}
