using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>One emitted kernel of a class: a layout in a dialect, and the tiers that run it.</summary>
internal sealed class KernelVariant
{
    private const string RowsSuffix = "Rows";

    private readonly KernelPlan _plan;

    private KernelVariant(KernelPlan plan, KernelLayout layout, Dialect dialect, Tier[] tiers)
    {
        _plan = plan;
        Layout = layout;
        Dialect = dialect;
        Tiers = tiers;
    }

    public KernelLayout Layout { get; }

    public Dialect Dialect { get; }

    public IReadOnlyList<Tier> Tiers { get; }

    /// <summary>Samples that the kernel for several samples runs together; 0 where there is none.</summary>
    public int SamplesTogether(LayerFacts facts) => Layout.BatchFormOf(facts) == BatchForm.Single ? 0 : Layout.SamplesTogether(_plan, Dialect);

    /// <summary>Methods that the kernel calls, as text.</summary>
    public IEnumerable<string> Methods => Layout.Methods(_plan, Dialect);

    /// <summary>Writes the cases of a switch over tiers that lead to this kernel.</summary>
    public void EmitCases(IndentedWriter writer)
    {
        var condition = Dialect is AvxVnniV512Dialect ? $" when {AvxVnniV512Dialect.Condition}" : "";
        foreach (var tier in Tiers)
        {
            writer.Line($"case InstructionTier.{tier}{condition}:");
        }
    }

    /// <summary>Layout, instruction set and tile, e.g. <c>WindowedLaneSlicesAvx512Vbmi16x4w128</c>.</summary>
    private string Name => $"{_plan.Layout}{Dialect.Name}{_plan.Rows}x{_plan.Slots}{(_plan.Window > 0 ? $"w{_plan.Window}" : "")}{(_plan.Windows > 1 ? $"u{_plan.Windows}" : "")}{(_plan.PairSteps == 1 ? "p1" : "")}";

    /// <summary>The distinct variants of a plan: tiers with equal shapes and words share one method. The scalar tier has none.</summary>
    /// <param name="key">The plan.</param>
    /// <param name="wideVnni">Whether the framework has 512-bit VNNI: its kernels come first, as they stand in for others.</param>
    public static IReadOnlyList<KernelVariant> Of(LayerPlan key, bool wideVnni) => wideVnni ? [.. Wide(key), .. Of(key)] : Of(key);

    private static IReadOnlyList<KernelVariant> Of(LayerPlan key) =>
        key.Kernels.Where(kernel => kernel.Tier.HasVectors())
            .GroupBy(kernel => (Dialect: KernelLayouts.Find(kernel.Layout).DialectOf(kernel), Shape: kernel with { Tier = Tier.Scalar }))
            .Select(group => new KernelVariant(group.First(), KernelLayouts.Find(group.First().Layout), group.Key.Dialect, group.Select(kernel => kernel.Tier).ToArray()))
            .ToArray();

    /// <summary>One instruction for three, and for half of the 256-bit kernel's; tables whose tiles fill 512-bit vectors serve both.</summary>
    private static IEnumerable<KernelVariant> Wide(LayerPlan key) =>
        key.Kernels.Where(kernel => kernel.Tier is Tier.Avx512Vbmi or Tier.Avx512VbmiVnni && kernel.Rows % AvxVnniV512Dialect.Instance.Lanes == 0 && KernelLayouts.Find(kernel.Layout) is DenseIntegerLayout)
            .GroupBy(kernel => kernel with { Tier = Tier.Avx512Vbmi, Depth = 0 })
            .Select(group => new KernelVariant(group.Key, KernelLayouts.Find(group.Key.Layout), AvxVnniV512Dialect.Instance, group.Select(kernel => kernel.Tier).ToArray()));

    public void EmitCall(IndentedWriter writer) => EmitCall(writer, "", "ref input, ref output");

    /// <summary>Calls the kernel for several samples.</summary>
    public void EmitRowsCall(IndentedWriter writer) => EmitCall(writer, RowsSuffix, "ref input, (nuint)inputStride, ref output, samples");

    private void EmitCall(IndentedWriter writer, string suffix, string arguments)
    {
        var call = $"{suffix}(({Layout.PackedClass})layer, {arguments});";
        if (!Layout.HasSafeTwin(_plan))
        {
            writer.Line($"    {Name}{call}");
            writer.Line("    break;");
            return;
        }

        writer.Line($"    if ((({Layout.PackedClass})layer).DepthHolds)");
        writer.Line("    {");
        writer.Line($"        {Name}d{_plan.Depth}{call}");
        writer.Line("    }");
        writer.Line("    else");
        writer.Line("    {");
        writer.Line($"        {Name}d1{call}");
        writer.Line("    }");
        writer.Line();
        writer.Line("    break;");
    }

    public void Emit(IndentedWriter writer, LayerFacts facts) =>
        Emit("", "", (name, plan, summary) => EmitMethod(
            writer, name, summary, "ref byte input, ref byte output", () => Layout.EmitKernel(writer, facts, plan, Dialect)));

    /// <summary>Writes the kernel for several samples.</summary>
    public void EmitRows(IndentedWriter writer, LayerFacts facts) =>
        Emit(RowsSuffix, ", several samples at a time", (name, plan, summary) => EmitMethod(
            writer, name, summary, "ref byte input, nuint inputStride, ref byte output, int samples", () => Layout.EmitRowsKernel(writer, facts, plan, Dialect)));

    private void Emit(string suffix, string what, Action<string, KernelPlan, string> emit)
    {
        if (!Layout.HasSafeTwin(_plan))
        {
            emit($"{Name}{suffix}", _plan, $"{Dialect.Title}{what}.");
            return;
        }

        emit($"{Name}d{_plan.Depth}{suffix}", _plan, $"{Dialect.Title}{what}, {_plan.Depth} steps added in 16 bits: proved from the real weights.");
        emit($"{Name}d1{suffix}", _plan with { Depth = 1 }, $"{Dialect.Title}{what}, for weights that break the planned depth: widens every step.");
    }

    private void EmitMethod(IndentedWriter writer, string name, string summary, string parameters, Action emitBody)
    {
        writer.Line();
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {name}({Layout.PackedClass} layer, {parameters})"))
        {
            emitBody();
        }
    }
}
