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
        writer.Line($"// {slices} slice(s) of {plan.Rows} rows: one row per lane, one nonzero of each row a step.");
        using (writer.Begin("for (nuint slice = 0; slice < slices; slice++)"))
        {
            writer.Line($"var sum = {dialect.Vector}.LoadUnsafe(ref bias, slice * {plan.Rows});");
            using (writer.Begin("for (var step = Unsafe.Add(ref stepCounts, slice); step > 0; step--)"))
            {
                writer.Line("ref var window = ref Unsafe.Add(ref values, offset);");
                EmitLookUp(writer, plan, dialect);
                writer.Line($"sum = {dialect.Vector}.MultiplyAddEstimate(activations, {dialect.Vector}.LoadUnsafe(ref weights), sum);");
                writer.Line($"index = ref Unsafe.Add(ref index, {plan.Rows});");
                writer.Line($"weights = ref Unsafe.Add(ref weights, {plan.Rows});");
                writer.Line("offset = ref Unsafe.Add(ref offset, 1);");
            }

            writer.Line();
            FloatEnding.Emit(writer, facts, dialect, "sum", $"slice * {plan.Rows}");
        }
    }

    private static void EmitLookUp(IndentedWriter writer, KernelPlan plan, Dialect dialect)
    {
        if (dialect.FloatWindow(plan.Window) is { } permutation)
        {
            writer.Line($"// The window of {plan.Window} floats, looked up in one permutation.");
            writer.Line(permutation.Load);
            writer.Line($"var activations = {permutation.LookUp};");
            return;
        }

        writer.Line("// One scalar load per lane: no gather was ever faster.");
        var loads = Enumerable.Range(0, plan.Rows).Select(lane => $"Unsafe.Add(ref window, (nuint)Unsafe.Add(ref index, {lane}))");
        writer.Line($"var activations = {dialect.Vector}.Create(\n    {string.Join(",\n    ", loads)});");
    }
}
