using System.Globalization;
using System.Linq;
using System.Text;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Says in English what a layer is and why it runs the kernels it runs.</summary>
internal static class PlanProse
{
    public static string Of(string path, LayerPlan plan, ArtifactLayerTarget? artifact)
    {
        var definition = plan.Facts.Definition;
        var kind = LayerKinds.Find(definition.Kind)!;
        var text = new StringBuilder();
        var activation = definition.Activation == ActivationKind.None ? "no activation" : definition.Activation.ToString();
        if (!kind.HasWeights)
        {
            Numbers(text, $"{path}: {definition.Kind}, {definition.InputShape} to {definition.OutputShape}, {activation}.");
            return text.ToString();
        }

        Numbers(text, $"{path}: {definition.Kind} {Shapes(definition)}{(definition.Bias ? "" : " without bias")}, {activation}.");
        Line(text, "  " + Precision(definition));
        var dense = ExpectedBytes.Dense(definition);
        if (artifact is not null)
        {
            Numbers(text, $"  {artifact.Nonzeros:N0} of {kind.WeightCount(definition):N0} weights are not zero; {artifact.Bytes:N0} bytes stored, {dense:N0} in fp32 ({(double)dense / System.Math.Max(1, artifact.Bytes):0.0}x fewer).");
        }
        else
        {
            Numbers(text, $"  {kind.WeightCount(definition):N0} weights{(definition.Prune is null ? "" : Share(plan.Facts.Density))}; about {ExpectedBytes.Stored(definition):N0} bytes stored once trained, {dense:N0} in fp32.");
        }

        Numbers(text, $"  {kind.MultiplyAdds(definition):N0} multiply-adds when dense, about {kind.MultiplyAdds(definition) * plan.Facts.Density:N0} of them needed.");
        foreach (var group in plan.Kernels.GroupBy(kernel => kernel.Why))
        {
            Numbers(text, $"  {string.Join(", ", group.Select(kernel => kernel.Tier))}: {group.Key}.");
        }

        return text.ToString();
    }

    private static string Shapes(LayerDefinition definition) => definition.Kind == LayerKinds.Dense
        ? $"({definition.Inputs.ToString(CultureInfo.InvariantCulture)}, {definition.Outputs.ToString(CultureInfo.InvariantCulture)})"
        : $"{definition.InputShape} to {definition.OutputShape}, a window of {definition.Arguments[2]}×{definition.Arguments[3]}";

    private static string Share(double density) => string.Format(CultureInfo.InvariantCulture, ", of which {0:P1} are expected to remain", density);

    private static string Precision(LayerDefinition definition)
    {
        var quantize = definition.Quantize;
        var codebook = definition.Codebook is { } book ? $", {book.Clusters} shared values ({book.CentroidFormat})" : "";
        var prune = definition.Prune is { } pruned ? string.Format(CultureInfo.InvariantCulture, ", pruned to {0:P1} zeros", pruned.Sparsity) : "";
        return definition.IsInteger
            ? $"{quantize.Weights} weights, inputs on the grid 0 to {quantize.Inputs.ActivationTop()}{(LayerEdges.InputOf(definition) == EdgeForm.Planes ? " in two planes of seven bits" : "")}, exact 32-bit sums{prune}{codebook}."
            : $"{quantize.Weights} weights, computed in fp32{prune}{codebook}.";
    }

    /// <summary>A name of its own: an interpolated string prefers to be a string, in the language of the machine.</summary>
    private static void Numbers(StringBuilder text, System.FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
