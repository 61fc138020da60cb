using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary><c>[Prune]</c> as values, in range or not.</summary>
internal static class PruneReader
{
    /// <summary>Of <c>Espalier.PruningSchedule</c>.</summary>
    private const int Gradual = 0;

    /// <summary>Of <c>Espalier.SparsityStructure</c>.</summary>
    private const int Grouped = 1;

    public static PruneDefinition? Read(AttributeData attribute) =>
        attribute.Argument<double>(0) is { } sparsity
            ? new PruneDefinition(
                sparsity,
                (attribute.Named<int>("Schedule") ?? Gradual) == Gradual,
                IsGrouped(attribute) ? attribute.Named<int>("GroupSize") ?? SparsityGroups.DefaultSize : 0)
            : null;

    /// <summary>Whether the attribute asks for N:M sparsity.</summary>
    public static bool IsGrouped(AttributeData attribute) => attribute.Named<int>("Structure") == Grouped;
}
