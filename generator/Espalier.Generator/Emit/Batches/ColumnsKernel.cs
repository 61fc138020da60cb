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
        if (!key.Kernels.Any(kernel => KernelLayouts.Find(kernel.Layout).BatchFormOf(key.Facts) == BatchForm.Columns))
        {
            return;
        }

        EmitRun(writer, tiers);
        foreach (var dialect in Dialects(key))
        {
            writer.Line();
            writer.Line($"/// <summary>{dialect.Title}, {dialect.Bytes} samples at a time.</summary>");
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
            using (writer.Begin($"private static void {Name(dialect)}(PrunedRows.V1 stage, in PrunedTile tile, ref byte input, ref byte output, ref int sums, int samples)"))
            {
                EmitKernel(writer, key.Facts, dialect);
            }

            ColumnsRun.Emit(writer, key.Facts, dialect, $"{Name(dialect)}Run");
        }
    }

    private static IEnumerable<Tier> Tiers(LayerPlan key) => key.Kernels
        .Where(kernel => kernel.Tier.HasVectors() && KernelLayouts.Find(kernel.Layout).BatchFormOf(key.Facts) == BatchForm.Columns)
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
        writer.Line("/// <summary>Runs a tile of rows for a block whose features have their samples side by side.</summary>");
        using (writer.Begin("private static void RunColumns(PrunedRows.V1 stage, in PrunedTile tile, ref byte input, ref byte output, ref int sums, int samples)"))
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
                        writer.Line($"        {Name(dialects[1])}(stage, in tile, ref input, ref output, ref sums, samples);");
                        writer.Line("        break;");
                        writer.Line("    }");
                        writer.Line();
                    }

                    writer.Line($"    {Name(dialects[0])}(stage, in tile, ref input, ref output, ref sums, samples);");
                    writer.Line("    break;");
                }

                writer.Line("default:");
                writer.Line("    stage.Scalar(in tile, ref input, ref output, ref sums, samples);");
                writer.Line("    break;");
            }
        }
    }

    private static void EmitKernel(IndentedWriter writer, LayerFacts facts, Dialect dialect)
    {
        using (writer.Begin($"for (nuint first = 0; first < (nuint)samples; first += {dialect.Bytes})"))
        {
            writer.Line("ref var pair = ref Unsafe.Add(ref stage.Pairs, tile.FirstPair);");
            writer.Line("ref var member = ref Unsafe.Add(ref stage.Rows, tile.FirstMember);");
            writer.Line("ref var place = ref Unsafe.Add(ref stage.Places, tile.FirstMember);");
            writer.Line("ref var run = ref Unsafe.Add(ref stage.Runs, tile.FirstRun);");
            using (writer.Begin("for (var runs = tile.Runs; runs > 0; runs--)"))
            {
                writer.Line($"{Name(dialect)}Run(");
                writer.Line("    stage.Integer, in run, ref pair, ref member, ref place, ref Unsafe.Add(ref input, (nuint)run.Start + first), ref Unsafe.Add(ref sums, first), ref Unsafe.Add(ref output, first));");
                writer.Line("pair = ref Unsafe.Add(ref pair, run.Rows * run.Pairs);");
                writer.Line("member = ref Unsafe.Add(ref member, run.Rows);");
                writer.Line("place = ref Unsafe.Add(ref place, run.Rows);");
                writer.Line("run = ref Unsafe.Add(ref run, 1);");
            }
        }

        IntegerEnding.EmitTable(writer, facts, $"tile.Rows * {BlockSamples}", "stage.Integer", $"tile.Start * {BlockSamples}");
    }
}
