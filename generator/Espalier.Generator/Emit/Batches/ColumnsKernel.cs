using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Batches;

/// <summary>
/// Writes the kernel for pruned integer rows over blocks of samples. Features lie one after the other, each with the codes of 64
/// samples. A pair of nonzeros takes two features, interleaves their bytes and multiplies them by two weights that every lane has:
/// no index is ever looked up inside a vector, and a nonzero costs three instructions for 64 samples. The table goes through the
/// features in blocks that the first-level cache holds; sums wait in memory from one block to the next.
/// </summary>
internal static class ColumnsKernel
{
    /// <summary>Samples of a block: a feature of all of them fills one cache line.</summary>
    public const int BlockSamples = 64;

    /// <summary>The distinct dialects of the kernel, narrowest first.</summary>
    public static IEnumerable<Dialect> Dialects(LayerPlan key) => Tiers(key).SelectMany(DialectsOf).Distinct().OrderBy(dialect => dialect.Tier);

    public static void Emit(IndentedWriter writer, LayerPlan key)
    {
        var tiers = Tiers(key).ToArray();
        if (!key.Kernels.Any(kernel => KernelLayouts.Find(kernel.Layout).BatchForm == BatchForm.Columns))
        {
            return;
        }

        EmitRun(writer, tiers);
        foreach (var dialect in Dialects(key))
        {
            writer.Line();
            writer.Line($"/// <summary>{dialect.Title}, {dialect.Bytes} samples at a time.</summary>");
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
            using (writer.Begin($"private static void {Name(dialect)}(PrunedRows.V1 stage, ref byte input, ref byte output, ref int sums, int samples)"))
            {
                EmitKernel(writer, key.Facts, dialect);
            }
        }
    }

    private static IEnumerable<Tier> Tiers(LayerPlan key) => key.Kernels
        .Where(kernel => kernel.Tier.HasVectors() && KernelLayouts.Find(kernel.Layout).BatchForm == BatchForm.Columns)
        .Select(kernel => kernel.Tier);

    /// <summary>The widest dialect of a tier and, for half a block, the one below. The byte permutations of VBMI, and the sums of VNNI and of dot products, which add neighbours of one sample, have no part here.</summary>
    private static IEnumerable<Dialect> DialectsOf(Tier tier)
    {
        var plain = tier switch
        {
            Tier.Avx512Vbmi or Tier.Avx512VbmiVnni => Tier.Avx512,
            Tier.AvxVnni => Tier.Avx2,
            Tier.AdvSimdDp => Tier.AdvSimd,
            _ => tier,
        };

        var widest = DialectList.For(plain);
        return widest.Bytes < BlockSamples ? new[] { widest } : new[] { widest, DialectList.For(plain, widest.Lanes / 2) };
    }

    private static string Name(Dialect dialect) => $"Columns{dialect.Tier}";

    private static void EmitRun(IndentedWriter writer, IReadOnlyList<Tier> tiers)
    {
        writer.Line();
        writer.Line("/// <summary>Runs a block whose features have their samples side by side.</summary>");
        using (writer.Begin("private static void RunColumns(PrunedRows.V1 stage, ref byte input, ref byte output, ref int sums, int samples)"))
        {
            using (writer.Begin("switch (stage.Layer.Tier)"))
            {
                foreach (var group in tiers.GroupBy(tier => string.Join("|", DialectsOf(tier).Select(Name))))
                {
                    foreach (var tier in group)
                    {
                        writer.Line($"case InstructionTier.{tier}:");
                    }

                    var dialects = DialectsOf(group.First()).ToArray();
                    if (dialects.Length > 1)
                    {
                        writer.Line($"    if (samples <= {dialects[1].Bytes})");
                        writer.Line("    {");
                        writer.Line($"        {Name(dialects[1])}(stage, ref input, ref output, ref sums, samples);");
                        writer.Line("        break;");
                        writer.Line("    }");
                        writer.Line();
                    }

                    writer.Line($"    {Name(dialects[0])}(stage, ref input, ref output, ref sums, samples);");
                    writer.Line("    break;");
                }

                writer.Line("default:");
                writer.Line("    stage.Scalar(ref input, ref output, ref sums, samples);");
                writer.Line("    break;");
            }
        }
    }

    private static void EmitKernel(IndentedWriter writer, LayerFacts facts, Dialect dialect)
    {
        var vector = dialect.Vector;
        writer.Line("var layer = stage.Integer;");
        if (dialect.Ones.Length > 0)
        {
            writer.Line($"var even = {vector}.Create(1).AsInt16();");
        }

        IntegerEnding.EmitConstants(writer, facts, dialect);
        writer.Line("var runCount = stage.RunCount;");
        writer.Line("var halfGroups = stage.GroupPairs / 2;");
        writer.Line();
        using (writer.Begin($"for (nuint first = 0; first < (nuint)samples; first += {dialect.Bytes})"))
        {
            writer.Line("ref var pair = ref stage.Pairs;");
            writer.Line("ref var member = ref stage.Rows;");
            if (facts.Output == EdgeForm.Floats)
            {
                writer.Line("ref var target = ref stage.Places;");
            }

            writer.Line("ref var run = ref stage.Runs;");
            writer.Line("// A run: rows with equally many groups in one block of features, so that the inner loops keep their length.");
            using (writer.Begin("for (var runs = runCount; runs > 0; runs--)"))
            {
                writer.Line("ref var block = ref Unsafe.Add(ref input, (nuint)run.Start + first);");
                writer.Line("var (groups, begins, ends) = (run.Groups, run.Begins, run.Ends);");
                using (writer.Begin("for (var rows = run.Rows; rows > 0; rows--)"))
                {
                    EmitRow(writer, facts, dialect);
                }

                writer.Line();
                writer.Line("run = ref Unsafe.Add(ref run, 1);");
            }
        }

        IntegerEnding.EmitTable(writer, facts, $"{facts.Definition.Outputs * BlockSamples}");
    }

    private static void EmitRow(IndentedWriter writer, LayerFacts facts, Dialect dialect)
    {
        var vector = dialect.Vector;
        writer.Line("var row = (nuint)member;");
        writer.Line("member = ref Unsafe.Add(ref member, 1);");
        if (facts.Output == EdgeForm.Floats)
        {
            writer.Line("var leaves = (nuint)target;");
            writer.Line("target = ref Unsafe.Add(ref target, 1);");
        }

        writer.Line($"ref var kept = ref Unsafe.Add(ref sums, ((row % PrunedRows.V1.TileRows) * {BlockSamples}) + first);");
        writer.Line($"{vector}<int> sum0, sum1, sum2, sum3;");
        using (writer.Begin("if (begins)"))
        {
            writer.Line($"sum0 = sum1 = sum2 = sum3 = {vector}.Create(Unsafe.Add(ref bias, row));");
        }

        using (writer.Begin("else"))
        {
            for (var i = 0; i < 4; i++)
            {
                writer.Line($"sum{i} = {vector}.LoadUnsafe(ref kept, {i * dialect.Lanes});");
            }
        }

        writer.Line();
        using (writer.Begin("for (var group = groups; group > 0; group--)"))
        {
            EmitGroup(writer, dialect);
        }

        writer.Line();
        using (writer.Begin("if (!ends)"))
        {
            for (var i = 0; i < 4; i++)
            {
                writer.Line($"sum{i}.StoreUnsafe(ref kept, {i * dialect.Lanes});");
            }

            writer.Line("continue;");
        }

        writer.Line();
        SampleEnding.Emit(writer, facts, dialect);
    }

    private static void EmitGroup(IndentedWriter writer, Dialect dialect)
    {
        var vector = dialect.Vector;
        writer.Line("// The pairs of a group were chosen so that their products fit 16 bits together.");
        EmitPair(writer, dialect, "first", 0, first: true);
        EmitPair(writer, dialect, "second", 1, first: false);
        writer.Line("pair = ref Unsafe.Add(ref pair, 2);");
        using (writer.Begin("for (var left = halfGroups - 1; left > 0; left--)"))
        {
            EmitPair(writer, dialect, "next", 0, first: false);
            EmitPair(writer, dialect, "last", 1, first: false);
            writer.Line("pair = ref Unsafe.Add(ref pair, 2);");
        }

        writer.Line();
        if (dialect.KeepsOrder)
        {
            writer.Line($"sum0 = {dialect.AddInOrder(true, "sum0", "low")};");
            writer.Line($"sum1 = {dialect.AddInOrder(false, "sum1", "low")};");
            writer.Line($"sum2 = {dialect.AddInOrder(true, "sum2", "high")};");
            writer.Line($"sum3 = {dialect.AddInOrder(false, "sum3", "high")};");

            return;
        }

        writer.Line($"sum0 += {dialect.EvenLanes("low")};");
        writer.Line($"sum1 += {vector}.ShiftRightArithmetic(low.AsInt32(), 16);");
        writer.Line($"sum2 += {dialect.EvenLanes("high")};");
        writer.Line($"sum3 += {vector}.ShiftRightArithmetic(high.AsInt32(), 16);");
    }

    private static void EmitPair(IndentedWriter writer, Dialect dialect, string name, int place, bool first)
    {
        var (starts, one, other, weights) = ($"{name}Starts", $"{name}One", $"{name}Other", $"{name}Weights");
        writer.Line($"var {starts} = {(place == 0 ? "pair" : $"Unsafe.Add(ref pair, {place})")};");
        writer.Line($"var {one} = {dialect.Vector}.LoadUnsafe(ref Unsafe.Add(ref block, (nuint)(ushort){starts}));");
        writer.Line($"var {other} = {dialect.Vector}.LoadUnsafe(ref Unsafe.Add(ref block, (nuint)(ushort)({starts} >> 16)));");
        writer.Line($"var {weights} = {dialect.Vector}.Create(Unsafe.Add(ref Unsafe.As<ulong, int>(ref pair), {(2 * place) + 1})).AsSByte();");
        writer.Line(dialect.AddPair(first, "low", lower: true, one, other, weights));
        writer.Line(dialect.AddPair(first, "high", lower: false, one, other, weights));
    }
}
