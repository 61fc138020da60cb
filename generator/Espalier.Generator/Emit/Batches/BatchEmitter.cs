using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Batches;

/// <summary>Writes what a kernel class has for batches: which form each layout takes, and the kernels of those forms.</summary>
internal static class BatchEmitter
{
    public static void Emit(IndentedWriter writer, LayerPlan key, IReadOnlyList<KernelVariant> variants)
    {
        writer.Line();
        EmitStage(writer, key);
        EmitFew(writer, key.Facts, variants);
        var rows = variants.Where(variant => variant.SamplesTogether(key.Facts) > 0).ToArray();
        if (rows.Length > 0 || Layouts(key).Any(layout => layout.BatchFormOf(key.Facts) == BatchForm.Rows))
        {
            EmitRunRows(writer, rows);
        }

        foreach (var variant in rows)
        {
            variant.EmitRows(writer, key.Facts);
        }

        ColumnsKernel.Emit(writer, key);
    }

    public static IEnumerable<string> Methods(LayerPlan key) => ColumnsKernel.Dialects(key).SelectMany(dialect => new[] { dialect.ArithmeticMethods, dialect.PairMethods });

    private static IEnumerable<KernelLayout> Layouts(LayerPlan key) => key.Kernels.Select(kernel => KernelLayouts.Find(kernel.Layout)).Distinct();

    private static void EmitStage(IndentedWriter writer, LayerPlan key)
    {
        var layouts = Layouts(key).ToArray();
        writer.Line("/// <summary>How blocks of samples run through the layer.</summary>");
        const string header = "public static BatchStage Batch(PackedLayer layer, LayerWeights weights, ReadOnlyMemory<int> inputs) =>";
        if (layouts.Length == 1 || layouts.All(layout => layout.BatchFormOf(key.Facts) == BatchForm.Single))
        {
            writer.Line($"{header} {Stage(layouts[0], key.Facts)};");
            return;
        }

        writer.Line($"{header} layer switch");
        using (writer.Begin("", "};"))
        {
            foreach (var layout in layouts)
            {
                writer.Line($"{(layout == layouts[layouts.Length - 1] ? "_" : layout.PackedClass)} => {Stage(layout, key.Facts)},");
            }
        }
    }

    private static string Stage(KernelLayout layout, LayerFacts facts) => layout.BatchFormOf(facts) switch
    {
        BatchForm.Columns => "PrunedRows.V1.Pack(layer, weights, inputs, RunColumns)",
        BatchForm.Rows => "new SampleRows(layer, RunRows)",
        _ => "new SampleRows(layer, Run)",
    };

    /// <summary>Where a tier has a kernel that runs several samples from the tables of single predictions, too few samples for a block go through it.</summary>
    private static void EmitFew(IndentedWriter writer, LayerFacts facts, IReadOnlyList<KernelVariant> variants)
    {
        writer.Line();
        writer.Line("/// <summary>How samples run through the layer that are too few for a block.</summary>");
        const string header = "public static BatchStage Few(PackedLayer layer) =>";
        var groups = variants.Where(variant => variant.SamplesTogether(facts) > 0)
            .SelectMany(variant => variant.Tiers.Select(tier => (Tier: tier, Samples: variant.SamplesTogether(facts))))
            .Distinct()
            .GroupBy(pair => pair.Samples, pair => pair.Tier)
            .ToArray();
        if (groups.Length == 0)
        {
            writer.Line($"{header} new SampleRows(layer, Run);");
            return;
        }

        writer.Line($"{header} layer.Tier switch");
        using (writer.Begin("", "};"))
        {
            foreach (var group in groups)
            {
                writer.Line($"{string.Join(" or ", group.Select(tier => $"InstructionTier.{tier}"))} => new SampleRows(layer, Run, RunRows, {group.Key}),");
            }

            writer.Line("_ => new SampleRows(layer, Run),");
        }
    }

    private static void EmitRunRows(IndentedWriter writer, IReadOnlyList<KernelVariant> rows)
    {
        writer.Line();
        writer.Line("/// <summary>Runs several samples, each with its numbers side by side: weights are read once for two or four of them.</summary>");
        using (writer.Begin("private static void RunRows(PackedLayer layer, ref byte input, int inputStride, ref byte output, int samples)"))
        {
            using (writer.Begin("switch (layer.Tier)"))
            {
                foreach (var variant in rows)
                {
                    variant.EmitCases(writer);
                    variant.EmitRowsCall(writer);
                }

                writer.Line("default:");
                writer.Line("    SampleRows.Scalar(layer, ref input, inputStride, ref output, samples);");
                writer.Line("    break;");
            }
        }
    }
}
