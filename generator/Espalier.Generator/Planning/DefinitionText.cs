using System.Globalization;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// The canonical text of a layer's definition, in words like its attributes: what a manifest records and what a build compares
/// with the annotations, token by token, to say which attribute changed.
/// </summary>
internal static class DefinitionText
{
    private const string Quantize = "Quantize(";

    private static readonly string[] s_defaults = { "Inputs=Fp32", "Outputs=Fp32", "Accumulators=Fp32", "Gradients=Fp32", "Rounding=Nearest", "MasterWeights=True", "PerChannel=True" };

    /// <summary>For example <c>Dense(64,128) Bias=True Relu Quantize(Int8,Int8,…) Prune(0.92,Gradual) Codebook(16,Int8)</c>.</summary>
    public static string Of(LayerDefinition layer)
    {
        var quantize = layer.Quantize;
        return string.Join(" ", new[]
        {
            $"{layer.Kind}({string.Join(",", layer.Arguments.Select(a => a.ToString(CultureInfo.InvariantCulture)))})",
            $"Bias={layer.Bias}",
            layer.Activation.ToString(),
            $"Quantize({quantize.Weights},Inputs={quantize.Inputs},Outputs={quantize.Outputs},Accumulators={quantize.Accumulators},"
                + $"Gradients={quantize.Gradients},Rounding={(quantize.StochasticRounding ? "Stochastic" : "Nearest")},"
                + $"MasterWeights={quantize.MasterWeights},PerChannel={quantize.PerChannel})",
            layer.Prune is { } prune
                ? $"Prune({prune.Sparsity.ToString("R", CultureInfo.InvariantCulture)},{(prune.Gradual ? "Gradual" : "OneShot")}{(prune.GroupSize == 0 ? "" : ",GroupSize=" + prune.GroupSize.ToString(CultureInfo.InvariantCulture))})"
                : "Prune(none)",
            layer.Codebook is { } codebook ? $"Codebook({codebook.Clusters},{codebook.CentroidFormat})" : "Codebook(none)",
        });
    }

    /// <summary>The text without what goes without saying: manifests of many layers record that.</summary>
    public static string Brief(string text) => s_defaults.Aggregate(text, (left, usual) => left.Replace("," + usual, ""));

    /// <summary>The text that a brief one stands for; any other text as it is.</summary>
    public static string Full(string brief)
    {
        var start = brief.IndexOf(Quantize, System.StringComparison.Ordinal) + Quantize.Length;
        var end = start < Quantize.Length ? -1 : brief.IndexOf(')', start);
        if (end < 0)
        {
            return brief;
        }

        var parts = brief.Substring(start, end - start).Split(',');
        var said = s_defaults.Select(usual => parts.Skip(1).FirstOrDefault(part => Key(part) == Key(usual))).ToArray();
        return said.Count(part => part is not null) == parts.Length - 1
            ? brief.Substring(0, start) + string.Join(",", said.Select((part, i) => part ?? s_defaults[i]).Prepend(parts[0])) + brief.Substring(end)
            : brief;
    }

    /// <summary>The first token in which two texts differ, as (annotated, recorded); null when they are equal.</summary>
    public static (string Annotated, string Recorded)? Difference(string annotated, string recorded)
    {
        var left = annotated.Split(' ');
        var right = recorded.Split(' ');
        for (var i = 0; i < left.Length || i < right.Length; i++)
        {
            var a = i < left.Length ? left[i] : "nothing";
            var b = i < right.Length ? right[i] : "nothing";
            if (a != b)
            {
                return (a, b);
            }
        }

        return null;
    }

    private static string Key(string part) => part.Split('=')[0];
}
