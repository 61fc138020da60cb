using System;
using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Batches;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal abstract partial class DenseFloatLayout
{
    public override BatchForm BatchForm => BatchForm.Rows;

    public override int SamplesTogether(KernelPlan plan, Dialect dialect) => RowsTile.Together;

    public override void EmitRowsKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var vectors = plan.Rows / dialect.Lanes;
        var together = Together(vectors);
        var tile = RowsTile.Of(dialect, vectors, together);
        writer.Line("ref var values = ref Unsafe.As<byte, float>(ref input);");
        writer.Line("ref var floats = ref Unsafe.As<byte, float>(ref output);");
        writer.Line("ref var bias = ref layer.Bias;");
        Weights.EmitConstants(writer, dialect);
        tile.Emit(writer, facts, plan, Weights.Source, Weights.TileLanes(plan, facts.Definition.Inputs), (first, count) => EmitTile(writer, facts, plan, dialect, tile.Samples, first, count, together));
    }

    /// <summary>Sums start and are added up as in the kernel of one sample, so that the same floats leave.</summary>
    private void EmitTile(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, int samples, int first, int count, int together)
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

        var group = GroupInputs(together);
        writer.Line();
        if (inputs >= group)
        {
            using (writer.Begin($"for (var group = {inputs / group}; group > 0; group--)"))
            {
                EmitGroup(writer, plan, dialect, samples, first, count, group, together);
            }
        }

        if (inputs % group > 0)
        {
            using (writer.Begin())
            {
                EmitGroup(writer, plan, dialect, samples, first, count, inputs % group, together);
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

    private void EmitGroup(IndentedWriter writer, KernelPlan plan, Dialect dialect, int samples, int first, int count, int inputs, int together)
    {
        for (var part = 0; part < inputs; part++)
        {
            foreach (var v in Enumerable.Range(first, count))
            {
                Weights.EmitLoad(writer, plan, dialect, part, v);
                writer.Line($"var weights{v}Part{part} = {Weights.Of(plan, dialect, part, v)};");
            }

            for (var s = 0; s < samples; s++)
            {
                writer.Line($"var value{s}Part{part} = {dialect.Vector}.Create(Unsafe.Add(ref value, {RowsTile.Offset(s, part)}));");
                foreach (var v in Enumerable.Range(first, count))
                {
                    var sum = Sum($"sum{s}{v}", part, together);
                    writer.Line($"{sum} = {dialect.Vector}.MultiplyAddEstimate(value{s}Part{part}, weights{v}Part{part}, {sum});");
                }
            }
        }

        EmitAdvance(writer, plan, inputs);
    }
}
