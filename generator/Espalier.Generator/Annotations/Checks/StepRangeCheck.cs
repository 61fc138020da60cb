using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>The numbers of batch normalisation, dropout and response normalisation lie where their formulas hold. All written so that NaN fails too.</summary>
internal sealed class StepRangeCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        var name = annotated.Symbol.Name;
        if (annotated.BatchNorm is { } normalisation)
        {
            if (normalisation.Named<double>("Epsilon") is { } epsilon && !(epsilon > 0 && epsilon < double.PositiveInfinity))
            {
                yield return Property(normalisation, "Epsilon", name, epsilon, "a number above 0, which a variance of 0 is divided by", "1e-5");
            }

            if (normalisation.Named<double>("Momentum") is { } momentum && !(momentum > 0 && momentum <= 1))
            {
                yield return Property(normalisation, "Momentum", name, momentum, "a weight above 0 and up to 1", momentum > 1 && momentum <= 100 ? Text(momentum / 100) : "0.1");
            }
        }

        if (annotated.Dropout?.Argument<double>(0) is { } rate && !(rate >= 0 && rate < 1))
        {
            yield return Fault.InArgument(annotated.Dropout, 0, "rate", name, $"a dropout of {Text(rate)}", "a share from 0 to below 1")
                .Suggesting(rate > 1 && rate < 100 ? Text(rate / 100) : rate >= 1 ? "0.5" : "0");
        }

        foreach (var step in annotated.Steps)
        {
            foreach (var fault in step.Kind is Planning.LocalResponseNormKind ? Responses(step.Attribute, name) : [])
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<Fault> Responses(AttributeData attribute, string name)
    {
        if (attribute.Named<double>("Alpha") is { } alpha && !(alpha >= 0 && alpha < double.PositiveInfinity))
        {
            yield return Property(attribute, "Alpha", name, alpha, "0 and more", "1e-4");
        }

        if (attribute.Named<double>("Beta") is { } beta && !(beta >= 0 && beta < double.PositiveInfinity))
        {
            yield return Property(attribute, "Beta", name, beta, "0 and more", "0.75");
        }

        if (attribute.Named<double>("K") is { } k && !(k > 0 && k < double.PositiveInfinity))
        {
            yield return Property(attribute, "K", name, k, "a number above 0, as squares of 0 leave nothing else to divide by", "1");
        }
    }

    private static Fault Property(AttributeData attribute, string property, string layer, double value, string range, string suggestion) =>
        Fault.InProperty(attribute, property, layer, $"{property} = {Text(value)}", range).Suggesting(suggestion);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
