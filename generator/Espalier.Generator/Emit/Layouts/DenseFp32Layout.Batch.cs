using System;
using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Batches;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class DenseFp32Layout
{
    public override BatchForm BatchForm => BatchForm.Rows;

    public override void EmitRowsKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var vectors = plan.Rows / dialect.Lanes;
        var together = vectors >= 4 ? 1 : 4 / vectors;
        var tile = RowsTile.Of(dialect, vectors, together);
        writer.Line("ref var values = ref Unsafe.As<byte, float>(ref input);");
        writer.Line("ref var floats = ref Unsafe.As<byte, float>(ref output);");
        writer.Line("ref var bias = ref layer.Bias;");
        tile.Emit(writer, facts, plan, "layer.Weights", facts.Definition.Inputs * plan.Rows, (first, count) => EmitTile(writer, facts, plan, dialect, tile.Samples, first, count, together));
    }

    /// <summary>Sums start and are added up as in the kernel of one sample, so that the same floats leave.</summary>
    private static void EmitTile(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, int samples, int first, int count, int together)
    {
        var inputs = facts.Definition.Inputs;
        writer.Line("ref var value = ref Unsafe.Add(ref values, sample * inputStride);");
        foreach (var (s, v) in RowsTile.Each(samples, first, count))
        {
            writer.Line($"var sum{s}{v} = {dialect.Vector}.LoadUnsafe(ref bias, {At(plan, dialect, v)});");
            for (var part = 1; part < together; part++)
            {
                writer.Line($"var sum{s}{v}Part{part} = {dialect.Vector}<float>.Zero;");
            }
        }

        writer.Line();
        if (inputs >= together)
        {
            using (writer.Begin($"for (var group = {inputs / together}; group > 0; group--)"))
            {
                EmitGroup(writer, plan, dialect, samples, first, count, together);
            }
        }

        if (inputs % together > 0)
        {
            using (writer.Begin())
            {
                EmitGroup(writer, plan, dialect, samples, first, count, inputs % together);
            }
        }

        writer.Line();
        foreach (var (s, v) in RowsTile.Each(samples, first, count))
        {
            for (var part = 1; part < together; part++)
            {
                writer.Line($"sum{s}{v} += sum{s}{v}Part{part};");
            }

            FloatEnding.Emit(writer, facts, dialect, $"sum{s}{v}", RowsTile.Place(facts, plan, dialect, s, v));
        }
    }

    private static void EmitGroup(IndentedWriter writer, KernelPlan plan, Dialect dialect, int samples, int first, int count, int together)
    {
        for (var part = 0; part < together; part++)
        {
            foreach (var v in Enumerable.Range(first, count))
            {
                writer.Line($"var weights{v}Part{part} = {dialect.Vector}.LoadUnsafe(ref weights, {(part * plan.Rows) + (v * dialect.Lanes)});");
            }

            for (var s = 0; s < samples; s++)
            {
                writer.Line($"var value{s}Part{part} = {dialect.Vector}.Create(Unsafe.Add(ref value, {RowsTile.Offset(s, part)}));");
                foreach (var v in Enumerable.Range(first, count))
                {
                    var sum = part == 0 ? $"sum{s}{v}" : $"sum{s}{v}Part{part}";
                    writer.Line($"{sum} = {dialect.Vector}.MultiplyAddEstimate(value{s}Part{part}, weights{v}Part{part}, {sum});");
                }
            }
        }

        writer.Line($"value = ref Unsafe.Add(ref value, {together});");
        writer.Line($"weights = ref Unsafe.Add(ref weights, {together * plan.Rows});");
    }
}
