using System.Collections.Generic;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>The one list of activation attributes.</summary>
internal static class ActivationReader
{
    private static readonly KeyValuePair<string, ActivationKind>[] s_all =
    [
        new(AttributeNames.Relu, ActivationKind.Relu),
        new(AttributeNames.Sigmoid, ActivationKind.Sigmoid),
        new(AttributeNames.Tanh, ActivationKind.Tanh),
        new(AttributeNames.Softmax, ActivationKind.Softmax),
    ];

    public static ActivationKind? Read(AttributeData attribute)
    {
        foreach (var entry in s_all)
        {
            if (attribute.Is(entry.Key))
            {
                return entry.Value;
            }
        }

        return null;
    }
}
