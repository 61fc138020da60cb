namespace Espalier.Corpus.Tests;

internal static class PruningSeeders
{
    public static readonly Seeder[] All =
    [
        new("ESP0401", "all weights", spot => spot.Layer["Prune"] = "Prune(«1»)"),
        new("ESP0401", "a percentage", spot => spot.Layer["Prune"] = "Prune(«92.5»)"),
        new("ESP0401", "less than none", spot => spot.Layer["Prune"] = "Prune(«-0.1», Schedule = PruningSchedule.OneShot)"),
        new("ESP0401", "no number", spot => spot.Layer["Prune"] = "Prune(«double.NaN»)"),
        new("ESP0401", "infinity, by name", spot => spot.Layer["Prune"] = "Prune(«sparsity: double.PositiveInfinity»)"),
        new("ESP0401", "just more than all", spot => spot.Layer["Prune"] = "Prune(«1.0000001»)"),
    ];
}
