using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal abstract partial class DenseIntegerLayout
{
    /// <summary>Where weight vectors come from.</summary>
    private protected abstract DenseWeights Weights { get; }

    public override Dialect DialectOf(KernelPlan plan) => plan.Depth == 0 ? DialectList.Accumulating(plan.Tier) : DialectList.For(plan.Tier);

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var vectors = plan.Rows / dialect.Lanes;
        var tiles = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        var steps = Layout.Tiles(facts.Definition.Inputs, StepInputs);
        if (plan.Depth > 0 && dialect.Ones.Length > 0)
        {
            writer.Line(dialect.Ones);
        }

        Weights.EmitConstants(writer, dialect);
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
                DenseInt8Accumulation.Emit(writer, plan, dialect, Weights, steps);
            }
            else
            {
                StepGroups.Emit(writer, steps, Weights.GroupSteps(plan.Depth), group => EmitGroup(writer, plan, dialect, vectors, group));
            }

            writer.Line();
            for (var v = 0; v < vectors; v++)
            {
                IntegerEnding.Emit(writer, facts, dialect, $"sum{v}", At(plan, dialect, v));
            }
        }

        IntegerEnding.EmitTable(writer, facts, $"(int)tiles * {plan.Rows}");
    }

    private void EmitGroup(IndentedWriter writer, KernelPlan plan, Dialect dialect, int vectors, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            StepGroups.EmitInputs(writer, dialect, step);
            for (var v = 0; v < vectors; v++)
            {
                Weights.EmitLoad(writer, plan, dialect, step, v);
                var product = dialect.MultiplyAdd($"inputs{step}", Weights.Of(plan, dialect, step, v));
                writer.Line($"{StepGroups.Add($"short{v}", step, plan.Depth)} {product};");
            }

            for (var v = 0; v < vectors && StepGroups.EndsRun(step, steps, plan.Depth); v++)
            {
                writer.Line($"sum{v} += {dialect.AddNeighbours($"short{v}")};");
            }
        }

        Weights.EmitAdvance(writer, plan, steps);
    }

    private static string At(KernelPlan plan, Dialect dialect, int vector) =>
        vector == 0 ? $"tile * {plan.Rows}" : $"(tile * {plan.Rows}) + {vector * dialect.Lanes}";
}
