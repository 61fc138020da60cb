using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class DenseInt8Layout
{
    public override string PackedClass => "DenseInt8.V1";

    public override Dialect DialectOf(KernelPlan plan) => plan.Depth == 0 ? DialectList.Accumulating(plan.Tier) : DialectList.For(plan.Tier);

    public override string PackArguments(LayerFacts facts) => $"floats: {(facts.Output == EdgeForm.Floats ? "true" : "false")}";

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var vectors = plan.Rows / dialect.Lanes;
        var tiles = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        var steps = Layout.Tiles(facts.Definition.Inputs, StepInputs);
        if (plan.Depth > 0 && dialect.Ones.Length > 0)
        {
            writer.Line(dialect.Ones);
        }

        IntegerEnding.EmitConstants(writer, facts, dialect);
        writer.Line("ref var weights = ref layer.Weights;");
        writer.Line(TripCount.Statement("tiles"));
        writer.Line();
        var sums = plan.Depth == 0 ? "32-bit sums" : $"16-bit sums widened every {plan.Depth}";
        writer.Line($"// {tiles} tile(s) of {plan.Rows} outputs; {steps} step(s) of {StepInputs} inputs, {sums}.");
        using (writer.Begin("for (nuint tile = 0; tile < tiles; tile++)"))
        {
            writer.Line("ref var four = ref input;");
            for (var v = 0; v < vectors; v++)
            {
                writer.Line($"var sum{v} = {dialect.Vector}.LoadUnsafe(ref bias, {At(plan, dialect, v)});");
            }

            if (plan.Depth == 0)
            {
                DenseInt8Accumulation.Emit(writer, plan, dialect, steps);
            }
            else
            {
                StepGroups.Emit(writer, steps, plan.Depth, group => EmitGroup(writer, plan, dialect, vectors, group));
            }

            writer.Line();
            for (var v = 0; v < vectors; v++)
            {
                IntegerEnding.Emit(writer, facts, dialect, $"sum{v}", At(plan, dialect, v));
            }
        }

        IntegerEnding.EmitTable(writer, facts, $"(int)tiles * {plan.Rows}");
    }

    private static void EmitGroup(IndentedWriter writer, KernelPlan plan, Dialect dialect, int vectors, int depth)
    {
        for (var step = 0; step < depth; step++)
        {
            StepGroups.EmitInputs(writer, dialect, step);
            for (var v = 0; v < vectors; v++)
            {
                var product = dialect.MultiplyAdd($"inputs{step}", StepGroups.Weights(plan, dialect, step, v));
                writer.Line(step == 0 ? $"var short{v} = {product};" : $"short{v} += {product};");
            }
        }

        foreach (var v in Enumerable.Range(0, vectors))
        {
            writer.Line($"sum{v} += {dialect.AddNeighbours($"short{v}")};");
        }

        StepGroups.EmitAdvance(writer, plan, depth);
    }

    private static string At(KernelPlan plan, Dialect dialect, int vector) =>
        vector == 0 ? $"tile * {plan.Rows}" : $"(tile * {plan.Rows}) + {vector * dialect.Lanes}";
}
