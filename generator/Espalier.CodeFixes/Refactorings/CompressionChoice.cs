using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Planning;

namespace Espalier.CodeFixes;

/// <summary>Attributes that compress a layer, with the values to start from.</summary>
/// <param name="Key">Tells the choices apart.</param>
/// <param name="Quantize">Whether weights become 8-bit integers.</param>
/// <param name="Sparsity">The share of weights to remove, or null to keep all.</param>
/// <param name="Clusters">Centroids, or null where weights are not shared.</param>
internal sealed record CompressionChoice(string Key, bool Quantize, double? Sparsity, int? Clusters)
{
    /// <summary>What one byte look-up holds, and what four bits count to: the planner's tables have as many entries.</summary>
    private const int UsualClusters = 16;

    /// <summary>The choices that work for a layer, the smallest network first.</summary>
    public static IReadOnlyList<CompressionChoice> All(LayerDefinition layer, bool isLast)
    {
        var int8 = QuantizeDefinition.Resolve(true, NumberFormat.Int8, null, null, null, null, null, null, null, false);
        var quantized = layer with { Quantize = int8 };
        var shared = layer with { Quantize = int8 with { PerChannel = false }, Codebook = new CodebookDefinition(UsualClusters, NumberFormat.Int8) };

        // A byte for each centroid and half a byte for each weight against a byte for each weight.
        var weights = (long)layer.Inputs * layer.Outputs;
        var sharing = UsualClusters + (weights / 2) < weights;
        var fits = layer.Inputs <= AccumulatorCheck.InputLimit(int8);
        CompressionChoice?[] choices =
        [
            fits && sharing ? new("All", true, SensibleSparsity.Of(shared, isLast), UsualClusters) : null,
            fits ? new("Quantize", true, null, null) : null,
            fits && SensibleSparsity.Of(quantized, isLast) is { } sparsity ? new("QuantizeAndPrune", true, sparsity, null) : null,
            SensibleSparsity.Of(layer, isLast) is { } floats ? new("Prune", false, floats, null) : null,
        ];
        return [.. choices.OfType<CompressionChoice>()];
    }

    /// <summary>Whether the layer stands last in a model. Of a layer in no model its activation tells: results that are to be compared have none.</summary>
    public static bool IsLast(AnnotatedLayer layer, ListedLayers listed) => listed.Contains(layer.Annotated.Symbol)
        ? listed.IsLast(layer.Annotated.Symbol)
        : layer.Annotated.Definition!.Activation is ActivationKind.None or ActivationKind.Softmax;

    /// <summary>The attributes, without brackets.</summary>
    public string Write(ImportedNames names) => Join(
        Quantize ? $"{names.Attribute("Quantize")}({names.PrecisionValue("Int8")})" : null,
        Sparsity is { } ? $"{names.Attribute("Prune")}({Number(Sparsity.Value)})" : null,
        Clusters is { } ? $"{names.Attribute("Codebook")}({Clusters})" : null);

    /// <inheritdoc/>
    public override string ToString() => "Add [" + Join(
        Quantize ? "Quantize(Int8)" : null, Sparsity is { } ? $"Prune({Number(Sparsity.Value)})" : null, Clusters is { } ? $"Codebook({Clusters})" : null) + "]";

    private static string Join(params string?[] attributes) => string.Join(", ", attributes.Where(attribute => attribute is not null));

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
