using System.Linq;
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

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        EmitConstants(writer, facts, dialect);
        writer.Line($"// {Layout.Tiles(facts.Definition.Outputs, plan.Rows)} slice(s) of {plan.Rows} rows, one for each byte of a vector; sums of 16 rows in each of four vectors.");
        using (writer.Begin("for (nuint slice = 0; slice < slices; slice++)"))
        {
            foreach (var vector in Enumerable.Range(0, StepSlots))
            {
                writer.Line($"var sum{vector} = {dialect.Vector}.LoadUnsafe(ref bias, {Position(plan, dialect, vector)});");
            }

            writer.Line("// The column that each row has come to, modulo the window.");
            writer.Line("var column = Vector512<byte>.Zero;");
            using (writer.Begin("for (var steps = Unsafe.Add(ref stepCounts, slice); steps > 0; steps--)"))
            {
                EmitActivations(writer, dialect);
                writer.Line();
                EmitProducts(writer, dialect);
                writer.Line();
                writer.Line($"step = ref Unsafe.Add(ref step, {plan.Rows * StepSlots});");
                writer.Line("offset = ref Unsafe.Add(ref offset, 2);");
            }

            writer.Line();
            foreach (var vector in Enumerable.Range(0, StepSlots))
            {
                IntegerEnding.Emit(writer, facts, dialect, $"sum{vector}", Position(plan, dialect, vector));
            }
        }

        IntegerEnding.EmitTable(writer, facts, $"(int)slices * {plan.Rows}");
    }

    private static void EmitConstants(IndentedWriter writer, LayerFacts facts, Dialect dialect)
    {
        writer.Line("// Constants stay in registers for the whole layer.");
        writer.Line(dialect.LoadCodebook);
        writer.Line("var highNibble = Gfni.V512.IsSupported ? Vector512.Create(0x1020408000000000UL).AsByte() : Vector512.Create((byte)15);");
        writer.Line("var even = Vector512.Create(1).AsInt16();");
        writer.Line("var odd = Vector512.Create(1 << 16).AsInt16();");
        IntegerEnding.EmitConstants(writer, facts, dialect);
        writer.Line("ref var step = ref layer.Steps;");
        writer.Line("ref var offset = ref layer.Offsets;");
        writer.Line("ref var stepCounts = ref layer.StepCounts;");
        writer.Line(TripCount.Statement("slices"));
    }

    private static void EmitActivations(IndentedWriter writer, Dialect dialect)
    {
        writer.Line("// A circular window of 128 activations: those of columns whose seventh bit is clear, and those where it is set.");
        writer.Line("var near = Vector512.LoadUnsafe(ref input, (nuint)offset);");
        writer.Line("var far = Vector512.LoadUnsafe(ref input, (nuint)Unsafe.Add(ref offset, 1));");
        foreach (var slot in Enumerable.Range(0, StepSlots))
        {
            writer.Line($"var slot{slot} = Vector512.LoadUnsafe(ref step{(slot == 0 ? "" : $", {slot * SliceRows}")});");
        }

        writer.Line();
        writer.Line("// Every row moves on by the slot's high four bits. From step to step only two additions wait for each other.");
        foreach (var slot in Enumerable.Range(0, StepSlots))
        {
            writer.Line($"var move{slot} = HighNibbles(slot{slot}, highNibble);");
        }

        writer.Line("var column0 = column + move0;");
        writer.Line("var column1 = column + (move0 + move1);");
        writer.Line("var column2 = column1 + move2;");
        writer.Line("column = column1 + (move2 + move3);");
        foreach (var slot in Enumerable.Range(0, StepSlots))
        {
            writer.Line($"var activation{slot} = {dialect.LookUp(slot == 3 ? "column" : $"column{slot}", Window)};");
        }
    }

    private static void EmitProducts(IndentedWriter writer, Dialect dialect)
    {
        writer.Line("// Two slots of a row side by side meet their centroids, which were packed in that order. The packer keeps all four products inside 16 bits.");
        foreach (var (name, lower, vector) in new[] { ("lower", true, 0), ("upper", false, 1) })
        {
            var first = dialect.MultiplyAdd(dialect.Interleave(lower, "activation0", "activation1"), dialect.LowCentroids($"slot{vector}"));
            var second = dialect.MultiplyAdd(dialect.Interleave(lower, "activation2", "activation3"), dialect.LowCentroids($"slot{vector + 2}"));
            writer.Line($"var {name} = {first}");
            writer.Line($"    + {second};");
        }

        writer.Line("sum0 += Avx512BW.MultiplyAddAdjacent(lower, even);");
        writer.Line("sum1 += Avx512BW.MultiplyAddAdjacent(lower, odd);");
        writer.Line("sum2 += Avx512BW.MultiplyAddAdjacent(upper, even);");
        writer.Line("sum3 += Avx512BW.MultiplyAddAdjacent(upper, odd);");
    }

    private static string Position(KernelPlan plan, Dialect dialect, int vector) =>
        vector == 0 ? $"slice * {plan.Rows}" : $"(slice * {plan.Rows}) + {vector * dialect.Lanes}";
}
