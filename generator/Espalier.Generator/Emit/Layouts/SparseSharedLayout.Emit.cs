using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class SparseSharedLayout
{
    public override string PackedClass => "SparseShared.V1";

    public override string PackArguments(LayerFacts facts) => "";

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var slices = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        var steps = Enumerable.Range(0, StepsOfWord(plan.Window)).ToArray();
        writer.Line("ref var values = ref Unsafe.As<byte, float>(ref input);");
        writer.Line("ref var floats = ref Unsafe.As<byte, float>(ref output);");
        writer.Line("ref var bias = ref layer.Bias;");
        writer.Line("ref var word = ref layer.Words;");
        writer.Line("ref var offset = ref layer.Offsets;");
        writer.Line("ref var wordCounts = ref layer.WordCounts;");
        writer.Line(dialect.LoadSharedFloats);
        writer.Line(TripCount.Statement("slices"));
        writer.Line();
        writer.Line($"// {slices} slice(s) of {plan.Rows} rows: one row per lane, one nonzero of each row a step, {steps.Length} steps a word with sums of their own.");
        using (writer.Begin("for (nuint slice = 0; slice < slices; slice++)"))
        {
            writer.Line($"var sum0 = {dialect.Vector}.LoadUnsafe(ref bias, slice * {plan.Rows});");
            foreach (var step in steps.Skip(1))
            {
                writer.Line($"var sum{step} = {dialect.Vector}<float>.Zero;");
            }

            using (writer.Begin("for (var left = Unsafe.Add(ref wordCounts, slice); left > 0; left--)"))
            {
                writer.Line($"var words = {dialect.Vector}.LoadUnsafe(ref word);");
                foreach (var step in steps)
                {
                    EmitStep(writer, plan, dialect, step);
                }

                writer.Line($"word = ref Unsafe.Add(ref word, {plan.Rows});");
                writer.Line($"offset = ref Unsafe.Add(ref offset, {steps.Length});");
            }

            writer.Line();
            foreach (var step in steps.Skip(1))
            {
                writer.Line($"sum0 += sum{step};");
            }

            FloatEnding.Emit(writer, facts, dialect, "sum0", $"slice * {plan.Rows}");
        }
    }

    private static void EmitStep(IndentedWriter writer, KernelPlan plan, Dialect dialect, int step)
    {
        var (first, indexBits) = (step * (32 / StepsOfWord(plan.Window)), plan.Window == 16 ? 4 : 5);
        var place = step == 0 ? "offset" : $"Unsafe.Add(ref offset, {step})";
        writer.Line($"ref var window{step} = ref Unsafe.Add(ref values, {place});");
        writer.Line($"sum{step} = {dialect.Vector}.MultiplyAddEstimate({dialect.LookUpFloats($"window{step}", plan.Window, "words", first)}, {dialect.SharedFloats("words", first + indexBits)}, sum{step});");
    }
}
