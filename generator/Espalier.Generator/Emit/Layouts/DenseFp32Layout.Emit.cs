using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class DenseFp32Layout
{
    public override string PackedClass => "DenseFp32.V1";

    public override string PackArguments(LayerFacts facts) => "";

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var vectors = plan.Rows / dialect.Lanes;
        var tiles = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        var inputs = facts.Definition.Inputs;

        // A multiply-add takes four cycles: fewer than four vectors in a tile take several inputs at once, each with sums of its own.
        var together = vectors >= 4 ? 1 : 4 / vectors;
        writer.Line("ref var values = ref Unsafe.As<byte, float>(ref input);");
        writer.Line("ref var floats = ref Unsafe.As<byte, float>(ref output);");
        writer.Line("ref var bias = ref layer.Bias;");
        writer.Line("ref var weights = ref layer.Weights;");
        writer.Line(TripCount.Statement("tiles"));
        writer.Line();
        writer.Line($"// {tiles} tile(s) of {plan.Rows} outputs; {inputs} inputs, {together} at a time.");
        using (writer.Begin("for (nuint tile = 0; tile < tiles; tile++)"))
        {
            writer.Line("ref var value = ref values;");
            for (var v = 0; v < vectors; v++)
            {
                writer.Line($"var sum{v} = {dialect.Vector}.LoadUnsafe(ref bias, {At(plan, dialect, v)});");
                for (var part = 1; part < together; part++)
                {
                    writer.Line($"var sum{v}Part{part} = {dialect.Vector}<float>.Zero;");
                }
            }

            writer.Line();
            if (inputs >= together)
            {
                using (writer.Begin($"for (var group = {inputs / together}; group > 0; group--)"))
                {
                    EmitGroup(writer, plan, dialect, vectors, together);
                }
            }

            if (inputs % together > 0)
            {
                writer.Line();
                writer.Line($"// The {inputs % together} input(s) that fill no group.");
                EmitGroup(writer, plan, dialect, vectors, inputs % together);
            }

            writer.Line();
            for (var v = 0; v < vectors; v++)
            {
                for (var part = 1; part < together; part++)
                {
                    writer.Line($"sum{v} += sum{v}Part{part};");
                }

                FloatEnding.Emit(writer, facts, dialect, $"sum{v}", At(plan, dialect, v));
            }
        }
    }

    private static void EmitGroup(IndentedWriter writer, KernelPlan plan, Dialect dialect, int vectors, int together)
    {
        for (var part = 0; part < together; part++)
        {
            for (var v = 0; v < vectors; v++)
            {
                var sum = part == 0 ? $"sum{v}" : $"sum{v}Part{part}";
                var value = part == 0 ? "value" : $"Unsafe.Add(ref value, {part})";
                var place = (part * plan.Rows) + (v * dialect.Lanes);
                writer.Line($"{sum} = {dialect.Vector}.MultiplyAddEstimate({dialect.Vector}.Create({value}), {dialect.Vector}.LoadUnsafe(ref weights, {place}), {sum});");
            }
        }

        writer.Line($"value = ref Unsafe.Add(ref value, {together});");
        writer.Line($"weights = ref Unsafe.Add(ref weights, {together * plan.Rows});");
    }

    private static string At(KernelPlan plan, Dialect dialect, int vector) =>
        vector == 0 ? $"tile * {plan.Rows}" : $"(tile * {plan.Rows}) + {vector * dialect.Lanes}";
}
