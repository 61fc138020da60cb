using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>The attributes that belong to a layer without being one: batch normalisation, dropout and the image that enters.</summary>
internal static class StepReader
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;

    public static BatchNormDefinition? ReadBatchNorm(AttributeData? attribute) =>
        attribute is null ? null : new BatchNormDefinition(attribute.Named<double>("Epsilon") ?? Epsilon, attribute.Named<double>("Momentum") ?? Momentum);

    /// <summary>The share of outputs that training sets to 0; 0 without the attribute and while its argument does not bind.</summary>
    public static double ReadDropout(AttributeData? attribute) => attribute?.Argument<double>(0) ?? 0;

    public static TensorShape? ReadImage(AttributeData? attribute) =>
        attribute?.Argument<int>(0) is { } channels && attribute.Argument<int>(1) is { } height && attribute.Argument<int>(2) is { } width
            ? new TensorShape(channels, height, width)
            : null;
}
