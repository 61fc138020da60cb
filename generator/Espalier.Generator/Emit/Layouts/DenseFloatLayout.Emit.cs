using System;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal abstract partial class DenseFloatLayout
{
    private protected abstract DenseFloatWeights Weights { get; }

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var vectors = plan.Rows / dialect.Lanes;
        var tiles = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        var inputs = facts.Definition.Inputs;

        // A multiply-add takes four cycles: fewer than four vectors in a tile take several inputs at once, each with sums of its own.
        var together = Together(vectors);
        var group = GroupInputs(together);
        writer.Line("ref var values = ref Unsafe.As<byte, float>(ref input);");
        writer.Line("ref var floats = ref Unsafe.As<byte, float>(ref output);");
        writer.Line("ref var bias = ref layer.Bias;");
        writer.Line($"ref var weights = ref {Weights.Source};");
        Weights.EmitConstants(writer, dialect);
        writer.Line(TripCount.Statement("tiles"));
        writer.Line();
        writer.Line($"// {tiles} tile(s) of {plan.Rows} outputs; {inputs} inputs, {group} at a time.");
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
            if (inputs >= group)
            {
                using (writer.Begin($"for (var group = {inputs / group}; group > 0; group--)"))
                {
                    EmitGroup(writer, plan, dialect, vectors, group, together);
                }
            }

            if (inputs % group > 0)
            {
                writer.Line();
                writer.Line($"// The {inputs % group} input(s) that fill no group.");
                using (writer.Begin())
                {
                    EmitGroup(writer, plan, dialect, vectors, inputs % group, together);
                }
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

    /// <summary>Inputs that are taken at once, each with sums of its own.</summary>
    private static int Together(int vectors) => vectors >= 4 ? 1 : 4 / vectors;

    /// <summary>Inputs of one round of the loop: whole loads of weights, and as many as are taken at once.</summary>
    private int GroupInputs(int together) => Math.Max(together, Weights.InputsPerLoad);

    private static string Sum(string name, int part, int together) => part % together == 0 ? name : $"{name}Part{part % together}";

    private void EmitGroup(IndentedWriter writer, KernelPlan plan, Dialect dialect, int vectors, int inputs, int together)
    {
        for (var part = 0; part < inputs; part++)
        {
            for (var v = 0; v < vectors; v++)
            {
                Weights.EmitLoad(writer, plan, dialect, part, v);
                var sum = Sum($"sum{v}", part, together);
                var value = part == 0 ? "value" : $"Unsafe.Add(ref value, {part})";
                writer.Line($"{sum} = {dialect.Vector}.MultiplyAddEstimate({dialect.Vector}.Create({value}), {Weights.Of(plan, dialect, part, v)}, {sum});");
            }
        }

        EmitAdvance(writer, plan, inputs);
    }

    private void EmitAdvance(IndentedWriter writer, KernelPlan plan, int inputs)
    {
        writer.Line($"value = ref Unsafe.Add(ref value, {inputs});");
        writer.Line($"weights = ref Unsafe.Add(ref weights, {Weights.TileLanes(plan, inputs)});");
    }

    private static string At(KernelPlan plan, Dialect dialect, int vector) =>
        vector == 0 ? $"tile * {plan.Rows}" : $"(tile * {plan.Rows}) + {vector * dialect.Lanes}";
}
