using System.Collections.Generic;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// Arguments that neither training nor kernels go by, because another argument rules them out. What is left unsaid is never at fault: only what the author wrote.
/// </summary>
internal sealed class EffectlessArgumentCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var name = annotated.Symbol.Name;
        if (annotated.Quantize is { } attribute)
        {
            foreach (var (argument, value, why) in Find(attribute, definition))
            {
                yield return Fault.InProperty(attribute, argument, name, $"{argument} = {value}", why).Suggesting(argument);
            }

            // Without master weights they are on the grid while training, and float kernels run those very numbers.
            var quantize = definition.Quantize;
            if (quantize.Weights.WeightTop() > 0 && quantize.MasterWeights && quantize.Inputs is NumberFormat.Fp32 or NumberFormat.Fp16 or NumberFormat.Bf16)
            {
                yield return Fault.InArgument(attribute, 0, "weights", name, $"{quantize.Weights} weights", $"beside {quantize.Inputs} inputs the layer computes in floats, which are not rounded to {quantize.Weights}; integer kernels need integer inputs")
                    .Suggesting("Inputs");
            }
        }

        if (annotated.Codebook is { } codebook && codebook.NamedEnum<NumberFormat>("CentroidPrecision") is { } centroids && CentroidReason(centroids, definition) is { } reason)
        {
            yield return Fault.InProperty(codebook, "CentroidPrecision", name, $"CentroidPrecision = {centroids}", reason).Suggesting("CentroidPrecision");
        }
    }

    private static IEnumerable<(string Argument, string Value, string Why)> Find(AttributeData attribute, LayerDefinition definition)
    {
        var quantize = definition.Quantize;
        var isPlain = quantize.Weights == NumberFormat.Fp32;
        if (isPlain && !quantize.MasterWeights && !IsInteger(quantize.Inputs) && !IsInteger(quantize.Outputs))
        {
            yield return ("MasterWeights", "false", "Fp32 weights are full precision already");
        }

        if (attribute.Named<int>("Rounding") is not null && (isPlain || quantize.MasterWeights))
        {
            yield return ("Rounding", quantize.StochasticRounding ? "Stochastic" : "Nearest", isPlain ? "Fp32 weights are not rounded" : "master weights take updates in full precision, and only weights without them are rounded after each");
        }

        if (attribute.Named<bool>("PerChannel") == true && ScaleReason(definition) is { } reason)
        {
            yield return ("PerChannel", "true", reason);
        }

        if (attribute.NamedEnum<NumberFormat>("Inputs") is NumberFormat.Int8 or NumberFormat.Int4 && quantize.Weights.WeightTop() == 0 && quantize.MasterWeights)
        {
            yield return ("Inputs", quantize.Inputs.ToString(), $"{quantize.Weights} weights are computed with in fp32 and their inputs are not rounded");
        }

        if (attribute.NamedEnum<NumberFormat>("Accumulators") == NumberFormat.Fp32 && definition.IsInteger)
        {
            yield return ("Accumulators", "Fp32", $"{quantize.Weights} weights and {quantize.Inputs} inputs are added exactly, in Int32");
        }

        if (attribute.NamedEnum<NumberFormat>("Outputs") is NumberFormat.Int32 or NumberFormat.Ternary or NumberFormat.Binary)
        {
            yield return ("Outputs", quantize.Outputs.ToString(), "outputs leave in the precision that the next layer takes, and training does not round to this one");
        }
    }

    private static string? ScaleReason(LayerDefinition definition) =>
        definition.Codebook is not null ? "a codebook holds one set of centroids for the layer, with one scale"
        : !definition.IsInteger ? $"{definition.Quantize.Weights} weights beside {definition.Quantize.Inputs} inputs have no scale for each output"
        : !definition.Quantize.MasterWeights ? "weights without master weights stand on one grid for the layer"
        : null;

    private static string? CentroidReason(NumberFormat centroids, LayerDefinition definition) =>
        !System.Enum.IsDefined(typeof(NumberFormat), centroids) ? null
        : definition.IsInteger ? centroids == definition.Quantize.Weights ? null : $"centroids of an integer layer stand on its {definition.Quantize.Weights} grid"
        : centroids is NumberFormat.Int32 or NumberFormat.Int8 or NumberFormat.Int4 or NumberFormat.Ternary or NumberFormat.Binary ? "centroids of a layer that computes in floats are rounded to Fp16, Bf16 or Int16, or stay Fp32"
        : null;

    /// <summary>What training rounds activations to where there are no master weights.</summary>
    private static bool IsInteger(NumberFormat format) => format is NumberFormat.Int16 or NumberFormat.Int8 or NumberFormat.Int4;
}
