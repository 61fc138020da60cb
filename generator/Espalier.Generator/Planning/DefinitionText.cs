using System.Collections.Generic;
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

    /// <summary>
    /// For example <c>Dense(64,128) Bias=True Relu Quantize(Int8,Int8,…) Prune(0.92,Gradual) Codebook(16,Int8)</c>; then, where they are not what goes without saying,
    /// <c>Takes(3x224x224) Numbers(0.0001,0.75,1) BatchNorm(1E-05,0.1) Dropout(0.5) From(12,8)</c>. Layers without weights say neither precisions nor compression.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="sources">The layers that it takes from, by their place; none where that is the one before.</param>
    public static string Of(LayerDefinition layer, EquatableArray<int> sources = default)
    {
        var head = $"{layer.Kind}({Join(layer.Arguments)})";
        var body = layer.HasWeights ? new[] { head, $"Bias={layer.Bias}", layer.Activation.ToString() }.Concat(Compression(layer)) : new[] { head, layer.Activation.ToString() };
        return string.Join(" ", body.Concat(Rest(layer, sources)));
    }

    private static string[] Compression(LayerDefinition layer)
    {
        var quantize = layer.Quantize;
        return new[]
        {
            $"Quantize({quantize.Weights},Inputs={quantize.Inputs},Outputs={quantize.Outputs},Accumulators={quantize.Accumulators},"
                + $"Gradients={quantize.Gradients},Rounding={(quantize.StochasticRounding ? "Stochastic" : "Nearest")},"
                + $"MasterWeights={quantize.MasterWeights},PerChannel={quantize.PerChannel})",
            layer.Prune is { } prune
                ? $"Prune({prune.Sparsity.ToString("R", CultureInfo.InvariantCulture)},{(prune.Gradual ? "Gradual" : "OneShot")}{(prune.GroupSize == 0 ? "" : ",GroupSize=" + prune.GroupSize.ToString(CultureInfo.InvariantCulture))})"
                : "Prune(none)",
            layer.Codebook is { } codebook ? $"Codebook({codebook.Clusters},{codebook.CentroidFormat})" : "Codebook(none)",
        };
    }

    private static IEnumerable<string> Rest(LayerDefinition layer, EquatableArray<int> sources)
    {
        var shape = layer.InputShape;
        return new[]
        {
            shape.IsImage ? $"Takes({Join(new[] { shape.Channels, shape.Height, shape.Width }, "x")})" : "",
            layer.Numbers.Count > 0 ? $"Numbers({Join(layer.Numbers)})" : "",
            layer.BatchNorm is { } normalisation ? $"BatchNorm({Join(new[] { normalisation.Epsilon, normalisation.Momentum })})" : "",
            layer.Dropout.Equals(0.0) ? "" : $"Dropout({Join(new[] { layer.Dropout })})",
            sources.Count > 0 ? $"From({Join(sources)})" : "",
        }.Where(token => token.Length > 0);
    }

    private static string Join(IEnumerable<int> numbers, string mark = ",") => string.Join(mark, numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static string Join(IEnumerable<double> numbers) => string.Join(",", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    private static string Join(IEnumerable<float> numbers) => string.Join(",", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

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
