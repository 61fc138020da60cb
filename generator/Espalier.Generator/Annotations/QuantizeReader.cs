using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary><c>[Quantize]</c> with its defaults resolved.</summary>
internal static class QuantizeReader
{
    /// <summary>Of <c>Espalier.Rounding</c>: 0 is nearest.</summary>
    private const int Stochastic = 1;

    public static QuantizeDefinition? Read(AttributeData? attribute, bool hasCodebook)
    {
        if (attribute is null)
        {
            // The same with a codebook and without one: the description says nothing of a layer without the attribute, so that it reads back as this.
            return QuantizeDefinition.Fp32;
        }

        return attribute.Argument<int>(0) is not { } weights
            ? null
            : QuantizeDefinition.Resolve(
                true,
                (NumberFormat)weights,
                attribute.NamedEnum<NumberFormat>("Inputs"),
                attribute.NamedEnum<NumberFormat>("Outputs"),
                attribute.NamedEnum<NumberFormat>("Accumulators"),
                attribute.NamedEnum<NumberFormat>("Gradients"),
                attribute.Named<int>("Rounding") is { } rounding ? rounding == Stochastic : null,
                attribute.Named<bool>("MasterWeights"),
                attribute.Named<bool>("PerChannel"),
                hasCodebook);
    }
}
