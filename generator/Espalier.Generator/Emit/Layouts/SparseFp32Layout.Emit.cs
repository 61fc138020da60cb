using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class SparseFp32Layout
{
    public override string PackedClass => "SparseFp32.V1";

    public override string PackArguments(LayerFacts facts) => "";

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var slices = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        writer.Line("ref var values = ref Unsafe.As<byte, float>(ref input);");
        writer.Line("ref var floats = ref Unsafe.As<byte, float>(ref output);");
        writer.Line("ref var bias = ref layer.Bias;");
        writer.Line("ref var index = ref layer.Indices;");
        writer.Line("ref var weights = ref layer.Weights;");
        writer.Line("ref var offset = ref layer.Offsets;");
        writer.Line("ref var stepCounts = ref layer.StepCounts;");
        writer.Line(TripCount.Statement("slices"));
        writer.Line();
        writer.Line($"// {slices} slice(s) of {plan.Rows} rows: one row per lane, one nonzero of each row a step; two steps at a time, as a sum waits four cycles for itself.");
        using (writer.Begin("for (nuint slice = 0; slice < slices; slice++)"))
        {
            writer.Line($"var sum0 = {dialect.Vector}.LoadUnsafe(ref bias, slice * {plan.Rows});");
            writer.Line($"var sum1 = {dialect.Vector}<float>.Zero;");
            writer.Line("var steps = Unsafe.Add(ref stepCounts, slice);");
            using (writer.Begin("for (var pair = steps >> 1; pair > 0; pair--)"))
            {
                EmitStep(writer, plan, dialect, 0);
                EmitStep(writer, plan, dialect, 1);
                EmitAdvance(writer, plan, 2);
            }

            writer.Line();
            using (writer.Begin("if ((steps & 1) != 0)"))
            {
                EmitStep(writer, plan, dialect, 0);
                EmitAdvance(writer, plan, 1);
            }

            writer.Line();
            writer.Line("sum0 += sum1;");
            FloatEnding.Emit(writer, facts, dialect, "sum0", $"slice * {plan.Rows}");
        }
    }

    private static void EmitStep(IndentedWriter writer, KernelPlan plan, Dialect dialect, int step)
    {
        var place = step * plan.Rows;
        writer.Line($"ref var window{step} = ref Unsafe.Add(ref values, {(step == 0 ? "offset" : $"Unsafe.Add(ref offset, {step})")});");
        if (IsPermuted(plan))
        {
            writer.Line($"var indices{step} = {dialect.WidenIndices(place)};");
            writer.Line($"var activations{step} = {dialect.LookUpFloats($"window{step}", plan.Window, $"indices{step}", 0)};");
        }
        else
        {
            // One scalar load per lane: no gather was ever faster.
            var loads = Enumerable.Range(place, plan.Rows).Select(lane => $"Unsafe.Add(ref window{step}, (nuint)Unsafe.Add(ref index, {lane}))");
            writer.Line($"var activations{step} = {dialect.Vector}.Create(\n    {string.Join(",\n    ", loads)});");
        }

        writer.Line($"sum{step} = {dialect.Vector}.MultiplyAddEstimate(activations{step}, {dialect.Vector}.LoadUnsafe(ref weights, {place}), sum{step});");
    }

    private static void EmitAdvance(IndentedWriter writer, KernelPlan plan, int steps)
    {
        writer.Line($"index = ref Unsafe.Add(ref index, {steps * plan.Rows});");
        writer.Line($"weights = ref Unsafe.Add(ref weights, {steps * plan.Rows});");
        writer.Line($"offset = ref Unsafe.Add(ref offset, {steps});");
    }
}
