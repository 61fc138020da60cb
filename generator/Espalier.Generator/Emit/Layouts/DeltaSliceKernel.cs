using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes the loops of a kernel of delta-coded slices: over slices and, where several samples share them, over groups of samples.</summary>
/// <param name="Facts">The layer.</param>
/// <param name="Plan">The variant.</param>
/// <param name="Dialect">The instruction set.</param>
/// <param name="Groups">How many samples share a step, the most first: as long as so many are left. Nothing where the kernel runs one sample.</param>
internal sealed record DeltaSliceKernel(LayerFacts Facts, KernelPlan Plan, Dialect Dialect, IReadOnlyList<int> Groups)
{
    private const int Vectors = DeltaLaneSlicesLayout.StepSlots;

    private int Slices => Layout.Tiles(Facts.Definition.Outputs, Plan.Rows);

    private bool Several => Groups.Count > 0;

    public void Emit(IndentedWriter writer)
    {
        EmitConstants(writer);
        writer.Line($"// {Slices} slice(s) of {Plan.Rows} rows, one for each byte of a vector; sums of 16 rows in each of four vectors.");
        using (writer.Begin("for (nuint slice = 0; slice < slices; slice++)"))
        {
            if (Several)
            {
                EmitSamples(writer);
            }
            else
            {
                EmitSlice(writer, new DeltaSliceStep(Dialect, Samples: 1), "Unsafe.Add(ref stepCounts, slice)");
            }
        }

        IntegerEnding.EmitTable(writer, Facts, Several ? $"samples * {Slices * Plan.Rows}" : $"(int)slices * {Plan.Rows}");
        if (Several)
        {
            IntegerEnding.EmitMethod(writer, Facts, Dialect);
        }
    }

    private void EmitConstants(IndentedWriter writer)
    {
        writer.Line("// Constants stay in registers for the whole layer.");
        writer.Line(Dialect.LoadCodebook);
        writer.Line("var highNibble = Gfni.V512.IsSupported ? Vector512.Create(0x1020408000000000UL).AsByte() : Vector512.Create((byte)15);");
        writer.Line("var even = Vector512.Create(1).AsInt16();");
        writer.Line("var odd = Vector512.Create(1 << 16).AsInt16();");
        IntegerEnding.EmitConstants(writer, Facts, Dialect);
        writer.Line($"ref var {(Several ? "sliceStep" : "step")} = ref layer.Steps;");
        writer.Line($"ref var {(Several ? "sliceOffset" : "offset")} = ref layer.Offsets;");
        writer.Line("ref var stepCounts = ref layer.StepCounts;");
        writer.Line(TripCount.Statement("slices"));
    }

    /// <summary>A slice is small enough to stay in the caches while all samples go through it.</summary>
    private void EmitSamples(IndentedWriter writer)
    {
        writer.Line("var sliceSteps = Unsafe.Add(ref stepCounts, slice);");
        SampleGroups.Emit(writer, Groups, Slices * Plan.Rows, Plan.Rows, group =>
        {
            writer.Line("ref var step = ref sliceStep;");
            writer.Line("ref var offset = ref sliceOffset;");
            EmitSlice(writer, new DeltaSliceStep(Dialect, group), "sliceSteps");
        });
        writer.Line($"sliceStep = ref Unsafe.Add(ref sliceStep, sliceSteps * {Plan.Rows * Vectors});");
        writer.Line("sliceOffset = ref Unsafe.Add(ref sliceOffset, sliceSteps * 2);");
    }

    private void EmitSlice(IndentedWriter writer, DeltaSliceStep step, string steps)
    {
        foreach (var (sample, vector) in Each(step))
        {
            writer.Line($"var {step.Sum(vector, sample)} = {(sample > 0 ? step.Sum(vector, 0) : $"{Dialect.Vector}.LoadUnsafe(ref bias, {Position(vector)})")};");
        }

        writer.Line("// The column that each row has come to, modulo the window.");
        writer.Line("var column = Vector512<byte>.Zero;");
        using (writer.Begin($"for (var steps = {steps}; steps > 0; steps--)"))
        {
            step.Emit(writer);
            writer.Line();
            writer.Line($"step = ref Unsafe.Add(ref step, {Plan.Rows * Vectors});");
            writer.Line("offset = ref Unsafe.Add(ref offset, 2);");
        }

        writer.Line();
        foreach (var (sample, vector) in Each(step))
        {
            var more = (sample * Slices * Plan.Rows) + (vector * Dialect.Lanes);
            if (Several)
            {
                writer.Line(IntegerEnding.Call(Facts, step.Sum(vector, sample), Position(vector), more == 0 ? "place" : $"place + {more}"));
            }
            else
            {
                IntegerEnding.Emit(writer, Facts, Dialect, step.Sum(vector, sample), Position(vector));
            }
        }
    }

    private static IEnumerable<(int Sample, int Vector)> Each(DeltaSliceStep step) =>
        Enumerable.Range(0, step.Samples).SelectMany(sample => Enumerable.Range(0, Vectors).Select(vector => (sample, vector)));

    private string Position(int vector) => vector == 0 ? $"slice * {Plan.Rows}" : $"(slice * {Plan.Rows}) + {vector * Dialect.Lanes}";
}
