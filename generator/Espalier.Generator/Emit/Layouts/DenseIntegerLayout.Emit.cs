using System.Collections.Generic;
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
        var planes = ActivationPlane.Of(facts);
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
            foreach (var plane in planes)
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"var sum{v}{plane.Suffix} = {dialect.Vector}.LoadUnsafe(ref {plane.Bias}, {At(plan, dialect, v)});");
                }
            }

            if (plan.Depth == 0)
            {
                DenseInt8Accumulation.Emit(writer, plan, dialect, Weights, steps, planes);
            }
            else
            {
                StepGroups.Emit(writer, steps, Weights.GroupSteps(plan.Depth), group => EmitGroup(writer, plan, dialect, vectors, group, planes));
            }

            writer.Line();
            for (var v = 0; v < vectors; v++)
            {
                IntegerEnding.Emit(writer, facts, dialect, $"sum{v}", At(plan, dialect, v));
            }
        }

        IntegerEnding.EmitTable(writer, facts, $"(int)tiles * {plan.Rows}");
    }

    private void EmitGroup(IndentedWriter writer, KernelPlan plan, Dialect dialect, int vectors, int steps, IReadOnlyList<ActivationPlane> planes)
    {
        for (var step = 0; step < steps; step++)
        {
            foreach (var plane in planes)
            {
                StepGroups.EmitInputs(writer, dialect, step, plane);
            }

            for (var v = 0; v < vectors; v++)
            {
                Weights.EmitLoad(writer, plan, dialect, step, v);
                var weights = Weights.For(writer, plan, dialect, step, v, planes);
                foreach (var plane in planes)
                {
                    var product = dialect.MultiplyAdd($"inputs{step}{plane.Suffix}", weights);
                    writer.Line($"{StepGroups.Add($"short{v}{plane.Suffix}", step, plan.Depth)} {product};");
                }
            }

            for (var v = 0; v < vectors && StepGroups.EndsRun(step, steps, plan.Depth); v++)
            {
                foreach (var plane in planes)
                {
                    writer.Line($"sum{v}{plane.Suffix} += {dialect.AddNeighbours($"short{v}{plane.Suffix}")};");
                }
            }
        }

        Weights.EmitAdvance(writer, plan, steps);
    }

    private static string At(KernelPlan plan, Dialect dialect, int vector) =>
        vector == 0 ? $"tile * {plan.Rows}" : $"(tile * {plan.Rows}) + {vector * dialect.Lanes}";
}
