using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class DenseInt8Layout
{
    public override string PackedClass => "DenseInt8.V1";

    public override string PackArguments(LayerFacts facts) => $"floats: {(facts.Output == EdgeForm.Floats ? "true" : "false")}";

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var vectors = plan.Rows / dialect.Lanes;
        var tiles = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        var steps = Layout.Tiles(facts.Definition.Inputs, StepInputs);
        if (dialect.Ones.Length > 0)
        {
            writer.Line(dialect.Ones);
        }

        IntegerEnding.EmitConstants(writer, facts, dialect);
        writer.Line("ref var weights = ref layer.Weights;");
        writer.Line();
        writer.Line($"// {tiles} tile(s) of {plan.Rows} outputs; {steps} step(s) of {StepInputs} inputs, 16-bit sums widened every {plan.Depth}.");
        using (writer.Begin($"for (nuint tile = 0; tile < {tiles}; tile++)"))
        {
            writer.Line("ref var four = ref input;");
            for (var v = 0; v < vectors; v++)
            {
                writer.Line($"var sum{v} = {dialect.Vector}.LoadUnsafe(ref bias, {At(plan, dialect, v)});");
            }

            if (steps >= plan.Depth)
            {
                writer.Line();
                using (writer.Begin($"for (var group = {steps / plan.Depth}; group > 0; group--)"))
                {
                    EmitGroup(writer, plan, dialect, vectors, plan.Depth);
                }
            }

            if (steps % plan.Depth > 0)
            {
                writer.Line();
                writer.Line($"// The {steps % plan.Depth} step(s) that fill no group.");
                using (writer.Begin())
                {
                    EmitGroup(writer, plan, dialect, vectors, steps % plan.Depth);
                }
            }

            writer.Line();
            for (var v = 0; v < vectors; v++)
            {
                IntegerEnding.Emit(writer, facts, dialect, $"sum{v}", At(plan, dialect, v));
            }
        }

        IntegerEnding.EmitTable(writer, facts);
    }

    private static void EmitGroup(IndentedWriter writer, KernelPlan plan, Dialect dialect, int vectors, int depth)
    {
        for (var step = 0; step < depth; step++)
        {
            var source = step == 0 ? "four" : $"Unsafe.Add(ref four, {StepInputs * step})";
            writer.Line($"var inputs{step} = {dialect.Vector}.Create(Unsafe.ReadUnaligned<int>(ref {source})).AsByte();");
            for (var v = 0; v < vectors; v++)
            {
                var place = (step * plan.Rows * StepInputs) + (v * dialect.Bytes);
                var product = dialect.MultiplyAdd($"inputs{step}", $"{dialect.Vector}.LoadUnsafe(ref weights, {place}).AsSByte()");
                writer.Line(step == 0 ? $"var short{v} = {product};" : $"short{v} += {product};");
            }
        }

        foreach (var v in Enumerable.Range(0, vectors))
        {
            writer.Line($"sum{v} += {dialect.AddNeighbours($"short{v}")};");
        }

        writer.Line($"four = ref Unsafe.Add(ref four, {StepInputs * depth});");
        writer.Line($"weights = ref Unsafe.Add(ref weights, {depth * plan.Rows * StepInputs});");
    }

    private static string At(KernelPlan plan, Dialect dialect, int vector) =>
        vector == 0 ? $"tile * {plan.Rows}" : $"(tile * {plan.Rows}) + {vector * dialect.Lanes}";
}
