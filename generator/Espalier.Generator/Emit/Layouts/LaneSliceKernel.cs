using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes the loops of a lane slice kernel around its pairs: over slices and, where several samples share them, over groups of samples.</summary>
/// <param name="Facts">The layer.</param>
/// <param name="Single">What is done for a pair of vectors and one sample.</param>
/// <param name="Groups">How many samples share a pair, the most first: as long as so many are left. Nothing where the kernel runs one sample.</param>
internal sealed record LaneSliceKernel(LayerFacts Facts, LaneSlicePair Single, IReadOnlyList<int> Groups)
{
    private KernelPlan Plan => Single.Plan;

    private int Slices => Layout.Tiles(Facts.Definition.Outputs, Plan.Rows);

    /// <summary>Whether the rows of the last slice fill no more than one vector of two.</summary>
    private bool FoldsLast => Plan.Folds && 2 * (Facts.Definition.Outputs - ((Slices - 1) * Plan.Rows)) <= Plan.Rows;

    private bool Several => Groups.Count > 0;

    public void Emit(IndentedWriter writer)
    {
        EmitConstants(writer);
        var rows = Plan.PairSteps == 1 ? "two vectors of sums, one row per 32-bit lane" : "one row per 32-bit lane";
        writer.Line($"// {Slices} slice(s) of {Plan.Rows} rows: {rows}, so nothing is ever summed across lanes.");
        using (writer.Begin("for (nuint slice = 0; slice < slices; slice++)"))
        {
            if (Several)
            {
                EmitSamples(writer);
            }
            else
            {
                EmitSlice(writer, Single, "Unsafe.Add(ref pairCounts, slice)");
            }
        }

        IntegerEnding.EmitTable(writer, Facts, Several ? $"samples * {Slices * Plan.Rows}" : $"(int)slices * {Plan.Rows}");
        if (Several)
        {
            IntegerEnding.EmitMethod(writer, Facts, Single.Dialect);
        }
    }

    private void EmitConstants(IndentedWriter writer)
    {
        var dialect = Single.Dialect;
        writer.Line("// Constants stay in registers for the whole layer.");
        var lookUp = dialect.LookUpConstants(Plan.Window);
        foreach (var constant in new[] { Single.Nibbles ? dialect.LoadCodebook : "", lookUp, Plan.Depth > 0 ? dialect.Ones : "" }.Where(text => text.Length > 0))
        {
            writer.Line(constant);
        }

        IntegerEnding.EmitConstants(writer, Facts, dialect);
        writer.Line($"ref var {(Several ? "sliceStep" : "step")} = ref layer.Steps;");
        if (!Single.Whole)
        {
            writer.Line($"ref var {(Several ? "sliceOffset" : "offset")} = ref layer.Offsets;");
        }

        writer.Line("ref var pairCounts = ref layer.PairCounts;");
        writer.Line(TripCount.Statement("slices"));
        if (FoldsLast)
        {
            writer.Line("var folded = layer.FoldedSlice;");
        }

        if (Single.Held && !Several)
        {
            writer.Line();
            writer.Line($"// All {Facts.Definition.Inputs} activations fit one window of {Plan.Window}: it is loaded once.");
            writer.Line("ref var window = ref input;");
            writer.Line(dialect.LoadWindow(Plan.Window));
        }
    }

    /// <summary>A slice is small enough to stay in the caches while all samples go through it.</summary>
    private void EmitSamples(IndentedWriter writer)
    {
        writer.Line("var slicePairs = Unsafe.Add(ref pairCounts, slice);");
        SampleGroups.Emit(writer, Groups, Slices * Plan.Rows, Plan.Rows, group =>
        {
            writer.Line("ref var step = ref sliceStep;");
            if (!Single.Whole)
            {
                writer.Line("ref var offset = ref sliceOffset;");
            }

            EmitSlice(writer, Single with { Samples = group }, "slicePairs");
        });
        writer.Line($"sliceStep = ref Unsafe.Add(ref sliceStep, slicePairs * {Single.Bytes});");
        if (!Single.Whole)
        {
            writer.Line($"sliceOffset = ref Unsafe.Add(ref sliceOffset, slicePairs{(Plan.Windows == 1 ? "" : $" * {Plan.Windows}")});");
        }
    }

    private void EmitSlice(IndentedWriter writer, LaneSlicePair pair, string pairs)
    {
        EmitSums(writer, pair);
        writer.Line($"var pairs = {pairs};");
        if (pair.Together > 1)
        {
            EmitTogether(writer, pair);
        }

        using (writer.Begin("for (; pairs > 0; pairs--)"))
        {
            pair.Emit(writer, 0, "offset", "Unsafe.Add(ref offset, 1)");
            EmitAdvance(writer, pair, 1);
        }

        if (Plan.PairSteps == 2 && Plan.Depth == 0)
        {
            writer.Line();
            foreach (var (suffix, _) in Sums(pair))
            {
                writer.Line($"sum{suffix} += secondSum{suffix};");
            }
        }

        writer.Line();
        if (FoldsLast)
        {
            EmitFold(writer, pair);
        }

        foreach (var sample in Enumerable.Range(0, pair.Samples))
        {
            EmitEnding(writer, pair, sample);
        }
    }

    private static void EmitFold(IndentedWriter writer, LaneSlicePair pair)
    {
        using (writer.Begin("if ((int)slice == folded)"))
        {
            writer.Line("// Rows that fill one vector or less had their nonzeros in both: half as many steps.");
            foreach (var (suffix, _) in Sums(pair))
            {
                writer.Line($"sum{suffix} += secondSum{suffix};");
            }
        }

        writer.Line();
    }

    /// <summary>At the end of the names of sums, for every sample and plane, and what they start with.</summary>
    private static IEnumerable<(string Suffix, string Bias)> Sums(LaneSlicePair pair) => Enumerable.Range(0, pair.Samples)
        .SelectMany(sample => pair.Planes.Select(plane => (pair.Suffix(sample) + plane.Suffix, plane.Bias)));

    private void EmitSums(IndentedWriter writer, LaneSlicePair pair)
    {
        var dialect = pair.Dialect;
        foreach (var (suffix, bias) in Sums(pair))
        {
            writer.Line($"var sum{suffix} = {dialect.Vector}.LoadUnsafe(ref {bias}, slice * {Plan.Rows});");
            if (Plan.PairSteps == 1)
            {
                writer.Line($"var secondSum{suffix} = {dialect.Vector}.LoadUnsafe(ref {bias}, (slice * {Plan.Rows}) + {dialect.Lanes});");
            }
            else if (Plan.Depth == 0)
            {
                writer.Line("// The second steps have sums of their own: an addition takes five cycles, and two in a row would be waited for.");
                writer.Line($"var secondSum{suffix} = {dialect.Vector}<int>.Zero;");
            }
        }
    }

    private void EmitTogether(IndentedWriter writer, LaneSlicePair pair)
    {
        using (writer.Begin($"for (; pairs >= {pair.Together}; pairs -= {pair.Together})"))
        {
            writer.Line("// Four window starts in one load.");
            writer.Line("var starts = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref offset));");
            for (var place = 0; place < pair.Together; place++)
            {
                using (writer.Begin())
                {
                    pair.Emit(writer, place, place == 0 ? "(ushort)starts" : place == 3 ? "(starts >> 48)" : $"(ushort)(starts >> {16 * place})");
                }

                writer.Line();
            }

            EmitAdvance(writer, pair, pair.Together);
        }

        writer.Line();
    }

    private void EmitAdvance(IndentedWriter writer, LaneSlicePair pair, int pairs)
    {
        writer.Line($"step = ref Unsafe.Add(ref step, {pairs * pair.Bytes});");
        if (!pair.Whole)
        {
            writer.Line($"offset = ref Unsafe.Add(ref offset, {pairs * Plan.Windows});");
        }
    }

    private void EmitEnding(IndentedWriter writer, LaneSlicePair pair, int sample)
    {
        foreach (var vector in Enumerable.Range(0, pair.Sums))
        {
            var sum = (vector == 0 ? "sum" : "secondSum") + pair.Suffix(sample);
            var position = vector == 0 ? $"slice * {Plan.Rows}" : $"(slice * {Plan.Rows}) + {pair.Dialect.Lanes}";
            if (!Several)
            {
                IntegerEnding.Emit(writer, Facts, pair.Dialect, sum, position);
                continue;
            }

            var more = (sample * Slices * Plan.Rows) + (vector * pair.Dialect.Lanes);
            writer.Line(IntegerEnding.Call(Facts, sum, position, more == 0 ? "place" : $"place + {more}"));
        }
    }
}
