using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>One emitted kernel of a convolution's class: a layout in a dialect, and the tiers that run it.</summary>
internal sealed class ConvolutionVariant
{
    private readonly KernelPlan _plan;
    private readonly ConvolutionLayout _layout;
    private readonly Dialect _dialect;
    private readonly Tier[] _tiers;

    private ConvolutionVariant(KernelPlan plan, ConvolutionLayout layout, Dialect dialect, Tier[] tiers) => (_plan, _layout, _dialect, _tiers) = (plan, layout, dialect, tiers);

    /// <summary>Methods that kernels call, as text.</summary>
    public IEnumerable<string> Methods => _layout.Methods(_plan, _dialect);

    private string Name => $"{_plan.Layout}{_dialect.Name}{_plan.Rows}x{_plan.Slots}{(_plan.Window > 0 ? $"w{_plan.Window}" : "")}{(_plan.Depth > 0 ? $"d{_plan.Depth}" : "")}";

    private string SafeName => $"{_plan.Layout}{_dialect.Name}{_plan.Rows}x{_plan.Slots}d1";

    /// <summary>The distinct variants of a plan: tiers with equal shapes and words share one method. The scalar tier has none.</summary>
    public static ConvolutionVariant[] Of(LayerPlan key) =>
        key.Kernels.Where(kernel => kernel.Tier.HasVectors())
            .GroupBy(kernel => (Dialect: KernelLayouts.Find(kernel.Layout).DialectOf(kernel), Shape: kernel with { Tier = Tier.Scalar }))
            .Select(group => new ConvolutionVariant(group.First(), (ConvolutionLayout)KernelLayouts.Find(group.First().Layout), group.Key.Dialect, group.Select(kernel => kernel.Tier).ToArray()))
            .ToArray();

    public void EmitCase(IndentedWriter writer)
    {
        foreach (var tier in _tiers)
        {
            writer.Line($"case InstructionTier.{tier}:");
        }

        const string Arguments = "ref input, ref added, ref output, ref scratch);";
        if (_layout.HasSafeTwin(_plan))
        {
            writer.Line($"    if ((({_layout.PackedClass})layer).DepthHolds)");
            writer.Line("    {");
            writer.Line($"        {Name}(({_layout.PackedClass})layer, {Arguments}");
            writer.Line("    }");
            writer.Line("    else");
            writer.Line("    {");
            writer.Line($"        {SafeName}(({_layout.PackedClass})layer, {Arguments}");
            writer.Line("    }");
            writer.Line();
        }
        else
        {
            writer.Line($"    {Name}(({_layout.PackedClass})layer, {Arguments}");
        }

        writer.Line("    break;");
    }

    public void Emit(IndentedWriter writer, LayerFacts facts)
    {
        _layout.EmitMethods(writer, facts, _plan, _dialect, Name);
        if (_layout.HasSafeTwin(_plan))
        {
            // For weights that break the planned depth.
            _layout.EmitMethods(writer, facts, _plan with { Depth = 1 }, _dialect, SafeName);
        }
    }
}
