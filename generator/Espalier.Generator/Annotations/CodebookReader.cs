using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary><c>[Codebook]</c> as values, in range or not.</summary>
internal static class CodebookReader
{
    /// <param name="attribute">The attribute.</param>
    /// <param name="quantize">The layer's precisions: centroids of an integer layer stand on its weight grid unless the attribute says otherwise.</param>
    public static CodebookDefinition? Read(AttributeData attribute, QuantizeDefinition quantize)
    {
        var isInteger = quantize.Weights.WeightTop() > 0 && quantize.Inputs.ActivationTop() > 0;
        var fitting = isInteger ? quantize.Weights : NumberFormat.Fp16;
        return attribute.Argument<int>(0) is { } clusters
            ? new CodebookDefinition(clusters, attribute.NamedEnum<NumberFormat>("CentroidPrecision") ?? fitting)
            : null;
    }
}
