namespace Espalier.Corpus.Tests;

/// <summary>All ways of making a mistake, one list for each area: a new rule adds five lines or more to the list of its area.</summary>
internal static class SeederList
{
    /// <summary>Mistakes in code.</summary>
    public static readonly Seeder[] All = [.. UsageSeeders.All, .. ShapeSeeders.All, .. PrecisionSeeders.All, .. PruningSeeders.All, .. CodebookSeeders.All];
}
