using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Batches;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal abstract partial class DenseIntegerLayout
{
    /// <summary>Steps of a loop whose products go to 32-bit sums at once: nothing has to be widened, the loop itself costs less.</summary>
    private const int AccumulatedSteps = 2;

    public override BatchForm BatchForm => BatchForm.Rows;

    public override int SamplesTogether(KernelPlan plan, Dialect dialect) => RowsTile.Together;

    public override void EmitRowsKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var tile = RowsTile.Of(dialect, plan.Rows / dialect.Lanes, plan.Depth > 1 ? 2 : 1);
        if (plan.Depth > 0 && dialect.Ones.Length > 0)
        {
            writer.Line(dialect.Ones);
        }

        Weights.EmitConstants(writer, dialect);
        IntegerEnding.EmitConstants(writer, facts, dialect);
        var tileBytes = Weights.TileBytes(plan, Layout.Tiles(facts.Definition.Inputs, StepInputs));
        tile.Emit(writer, facts, plan, "layer.Weights", tileBytes, (first, count) => EmitTile(writer, facts, plan, dialect, tile.Samples, first, count));
        IntegerEnding.EmitTable(writer, facts, $"samples * {Layout.Tiles(facts.Definition.Outputs, plan.Rows) * plan.Rows}");
    }

    private void EmitTile(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, int samples, int first, int count)
    {
        var steps = Layout.Tiles(facts.Definition.Inputs, StepInputs);
        writer.Line("ref var four = ref Unsafe.Add(ref input, sample * inputStride);");
        foreach (var (s, v) in RowsTile.Each(samples, first, count))
        {
            writer.Line($"var sum{s}{v} = {dialect.Vector}.LoadUnsafe(ref bias, {At(plan, dialect, v)});");
        }

        writer.Line();
        StepGroups.Emit(writer, steps, Weights.GroupSteps(plan.Depth == 0 ? AccumulatedSteps : plan.Depth), group => EmitGroup(writer, plan, dialect, samples, first, count, group));

        writer.Line();
        foreach (var (s, v) in RowsTile.Each(samples, first, count))
        {
            IntegerEnding.Emit(writer, facts, dialect, $"sum{s}{v}", At(plan, dialect, v), RowsTile.Place(facts, plan, dialect, s, v));
        }
    }

    private void EmitGroup(IndentedWriter writer, KernelPlan plan, Dialect dialect, int samples, int first, int count, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            foreach (var v in Enumerable.Range(first, count))
            {
                Weights.EmitLoad(writer, plan, dialect, step, v);
                writer.Line($"var weights{v}Step{step} = {Weights.Of(plan, dialect, step, v)};");
            }

            for (var s = 0; s < samples; s++)
            {
                var source = $"Unsafe.Add(ref four, {RowsTile.Offset(s, StepInputs * step)})";
                writer.Line($"var inputs{s}Step{step} = {dialect.As("Byte", $"{dialect.Vector}.Create(Unsafe.ReadUnaligned<int>(ref {source}))")};");
                foreach (var v in Enumerable.Range(first, count))
                {
                    if (plan.Depth == 0)
                    {
                        writer.Line($"sum{s}{v} = {dialect.Accumulate($"sum{s}{v}", $"inputs{s}Step{step}", $"weights{v}Step{step}")};");
                        continue;
                    }

                    var product = dialect.MultiplyAdd($"inputs{s}Step{step}", $"weights{v}Step{step}");
                    writer.Line($"{StepGroups.Add($"short{s}{v}", step, plan.Depth)} {product};");
                }
            }

            var widened = plan.Depth > 0 && StepGroups.EndsRun(step, steps, plan.Depth) ? count : 0;
            foreach (var (s, v) in RowsTile.Each(samples, first, widened))
            {
                writer.Line($"sum{s}{v} += {dialect.AddNeighbours($"short{s}{v}")};");
            }
        }

        Weights.EmitAdvance(writer, plan, steps);
    }
}
