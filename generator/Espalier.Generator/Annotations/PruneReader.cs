using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary><c>[Prune]</c> as values, in range or not.</summary>
internal static class PruneReader
{
    /// <summary>Of <c>Espalier.PruningSchedule</c>.</summary>
    private const int Gradual = 0;

    public static PruneDefinition? Read(AttributeData attribute) =>
        attribute.Argument<double>(0) is { } sparsity
            ? new PruneDefinition(sparsity, (attribute.Named<int>("Schedule") ?? Gradual) == Gradual)
            : null;
}
