namespace Espalier.Corpus.Tests;

/// <summary>All ways of making a mistake, one list for each area: a new rule adds five lines or more to the list of its area.</summary>
internal static class SeederList
{
    /// <summary>Mistakes in code.</summary>
    public static readonly Seeder[] All = [.. UsageSeeders.All, .. ShapeSeeders.All, .. PrecisionSeeders.All, .. LowPrecisionSeeders.All, .. PruningSeeders.All, .. CodebookSeeders.All, .. ImageSeeders.All];

    /// <summary>Mistakes in what was trained and saved, or in code that it no longer fits.</summary>
    public static readonly Seeder[] OfArtifacts = [.. ArtifactSeeders.All, .. BudgetSeeders.All, .. PublishSeeders.All];
}
