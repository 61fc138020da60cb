using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>One emitted kernel of a class: a layout in a dialect, and the tiers that run it.</summary>
internal sealed class KernelVariant
{
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

    /// <summary>Layout, instruction set and tile, e.g. <c>WindowedLaneSlicesAvx512Vbmi16x4w128</c>.</summary>
    private string Name => $"{_plan.Layout}{Dialect.Tier}{_plan.Rows}x{_plan.Slots}{(_plan.Window > 0 ? $"w{_plan.Window}" : "")}{(_plan.Windows > 1 ? $"u{_plan.Windows}" : "")}";

    /// <summary>The distinct variants of a plan: tiers with equal shapes and words share one method. The scalar tier has none.</summary>
    public static IReadOnlyList<KernelVariant> Of(LayerPlan key) =>
        key.Kernels.Where(kernel => kernel.Tier > Tier.Scalar)
            .GroupBy(kernel => (Dialect: KernelLayouts.Find(kernel.Layout).DialectOf(kernel), Shape: kernel with { Tier = Tier.Scalar }))
            .Select(group => new KernelVariant(group.First(), KernelLayouts.Find(group.First().Layout), group.Key.Dialect, group.Select(kernel => kernel.Tier).ToArray()))
            .ToArray();

    public void EmitCall(IndentedWriter writer)
    {
        var call = $"(({Layout.PackedClass})layer, ref input, ref output);";
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

    public void Emit(IndentedWriter writer, LayerFacts facts)
    {
        if (!Layout.HasSafeTwin(_plan))
        {
            EmitMethod(writer, facts, Name, _plan, $"{Dialect.Title}.");
            return;
        }

        EmitMethod(writer, facts, $"{Name}d{_plan.Depth}", _plan, $"{Dialect.Title}, {_plan.Depth} steps added in 16 bits: proved from the real weights.");
        EmitMethod(writer, facts, $"{Name}d1", _plan with { Depth = 1 }, $"{Dialect.Title}, for weights that break the planned depth: widens every step.");
    }

    private void EmitMethod(IndentedWriter writer, LayerFacts facts, string name, KernelPlan plan, string summary)
    {
        writer.Line();
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {name}({Layout.PackedClass} layer, ref byte input, ref byte output)"))
        {
            Layout.EmitKernel(writer, facts, plan, Dialect);
        }
    }
}
