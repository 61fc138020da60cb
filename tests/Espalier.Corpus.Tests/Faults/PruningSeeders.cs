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

        new("ESP0402", "too few zeros for fp32", spot => Dense(spot, 784, 300, "Prune(«0.3»)")),
        new("ESP0402", "too few zeros for bytes", spot => Dense(spot, 784, 300, "Quantize(Int8)", "Prune(«0.2», Schedule = PruningSchedule.OneShot)")),
        new("ESP0402", "too few zeros for 16 bits, in groups", spot => Dense(spot, 784, 300, "Quantize(Bf16)", "Prune(«0.5», Structure = SparsityStructure.Grouped)")),
        new("ESP0402", "too few zeros for shared floats, by name", spot => Dense(spot, 300, 100, "Codebook(16)", "Prune(«sparsity: 0.5»)")),
        new("ESP0402", "a layer that is too small", spot => Dense(spot, 10, 10, "Prune(«0.95»)")),
        new("ESP0402", "just too few zeros", spot => Dense(spot, 100, 10, "Quantize(Int8)", "Codebook(16)", "Prune(«0.551»)")),

        new("ESP0403", "a size that does not divide the inputs", spot => OwnLayer.InAModel(spot, 90, 40, $"Prune(0.5, {Grouped}, «GroupSize = 4»)")),
        new("ESP0403", "the usual size where it does not divide the inputs", spot => OwnLayer.InAModel(spot, 90, 40, $"Prune(0.5, «{Grouped}»)")),
        new("ESP0403", "a group of one", spot => OwnLayer.InAModel(spot, 90, 40, $"Prune(0.5, «GroupSize = 1», {Grouped})")),
        new("ESP0403", "a group of fewer than none", spot => OwnLayer.InAModel(spot, 90, 40, $"Prune(0.5, {Grouped}, «GroupSize = int.MinValue»)")),
        new("ESP0403", "a share that leaves no whole number", spot => OwnLayer.InAModel(spot, 88, 40, $"Prune(«0.6», {Grouped})")),
        new("ESP0403", "a share that leaves none", spot => OwnLayer.InAModel(spot, 88, 40, $"Prune(«sparsity: 0.95», {Grouped}, GroupSize = 8)")),
        new("ESP0403", "a share that leaves all", spot => OwnLayer.InAModel(spot, 88, 40, $"Prune(«0.0», {Grouped})")),
        new("ESP0403", "a size without groups", spot => OwnLayer.InAModel(spot, 88, 40, "Prune(0.5, «GroupSize = 8»)")),
    ];

    private const string Grouped = "Structure = SparsityStructure.Grouped";

    /// <summary>The set's own layers may be as sparse and as small: they are not pruned here.</summary>
    private static void Dense(Spot spot, int inputs, int outputs, params string[] attributes)
    {
        spot.Set.Layers.ForEach(layer => layer.Remove("Prune"));
        OwnLayer.InAModel(spot, inputs, outputs, attributes);
    }
}
