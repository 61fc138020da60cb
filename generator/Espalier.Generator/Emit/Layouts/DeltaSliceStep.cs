using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes what a kernel of delta-coded slices does in a step: columns and weights once, then activations and products of each sample.</summary>
/// <param name="Dialect">The instruction set.</param>
/// <param name="Samples">Samples that share the step's columns and weights.</param>
internal sealed record DeltaSliceStep(Dialect Dialect, int Samples)
{
    private const int Slots = DeltaLaneSlicesLayout.StepSlots;

    /// <summary>What belongs to one of several samples; a kernel of one sample needs no numbers.</summary>
    public string Sum(int vector, int sample) => Samples == 1 ? $"sum{vector}" : $"sum{vector}Of{sample}";

    /// <summary>The statements.</summary>
    public void Emit(IndentedWriter writer)
    {
        EmitColumns(writer);
        writer.Line();
        if (Samples == 1)
        {
            EmitActivations(writer, "input");
            writer.Line();
            EmitProducts(writer, 0);
            return;
        }

        foreach (var slot in Enumerable.Range(0, Slots))
        {
            writer.Line($"var weights{slot} = {Dialect.LowCentroids($"slot{slot}")};");
        }

        foreach (var sample in Enumerable.Range(0, Samples))
        {
            using (writer.Begin())
            {
                EmitActivations(writer, $"input{sample}");
                EmitProducts(writer, sample);
            }

            writer.Line();
        }
    }

    private void EmitColumns(IndentedWriter writer)
    {
        foreach (var slot in Enumerable.Range(0, Slots))
        {
            writer.Line($"var slot{slot} = Vector512.LoadUnsafe(ref step{(slot == 0 ? "" : $", {slot * DeltaLaneSlicesLayout.SliceRows}")});");
        }

        writer.Line();
        writer.Line("// Every row moves on by the slot's high four bits. From step to step only two additions wait for each other.");
        foreach (var slot in Enumerable.Range(0, Slots))
        {
            writer.Line($"var move{slot} = HighNibbles(slot{slot}, highNibble);");
        }

        writer.Line("var column0 = column + move0;");
        writer.Line("var column1 = column + (move0 + move1);");
        writer.Line("var column2 = column1 + move2;");
        writer.Line("column = column1 + (move2 + move3);");
    }

    private void EmitActivations(IndentedWriter writer, string input)
    {
        writer.Line("// A circular window of 128 activations: those of columns whose seventh bit is clear, and those where it is set.");
        writer.Line($"var near = Vector512.LoadUnsafe(ref {input}, (nuint)offset);");
        writer.Line($"var far = Vector512.LoadUnsafe(ref {input}, (nuint)Unsafe.Add(ref offset, 1));");
        foreach (var slot in Enumerable.Range(0, Slots))
        {
            writer.Line($"var activation{slot} = {Dialect.LookUp(slot == 3 ? "column" : $"column{slot}", DeltaLaneSlicesLayout.Window)};");
        }
    }

    private void EmitProducts(IndentedWriter writer, int sample)
    {
        writer.Line("// Two slots of a row side by side meet their centroids, which were packed in that order. The packer keeps all four products inside 16 bits.");
        foreach (var (name, lower, vector) in new[] { ("lower", true, 0), ("upper", false, 1) })
        {
            var first = Dialect.MultiplyAdd(Dialect.Interleave(lower, "activation0", "activation1"), Weights(vector));
            var second = Dialect.MultiplyAdd(Dialect.Interleave(lower, "activation2", "activation3"), Weights(vector + 2));
            writer.Line($"var {name} = {first}");
            writer.Line($"    + {second};");
        }

        writer.Line($"{Sum(0, sample)} += Avx512BW.MultiplyAddAdjacent(lower, even);");
        writer.Line($"{Sum(1, sample)} += Avx512BW.MultiplyAddAdjacent(lower, odd);");
        writer.Line($"{Sum(2, sample)} += Avx512BW.MultiplyAddAdjacent(upper, even);");
        writer.Line($"{Sum(3, sample)} += Avx512BW.MultiplyAddAdjacent(upper, odd);");
    }

    private string Weights(int slot) => Samples == 1 ? Dialect.LowCentroids($"slot{slot}") : $"weights{slot}";
}
