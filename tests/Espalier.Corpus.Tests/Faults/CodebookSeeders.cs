namespace Espalier.Corpus.Tests;

internal static class CodebookSeeders
{
    public static readonly Seeder[] All =
    [
        new("ESP0501", "one cluster", spot => Shared(spot, "Codebook(«1»)")),
        new("ESP0501", "no cluster", spot => Shared(spot, "Codebook(«0»)")),
        new("ESP0501", "fewer than none", spot => Shared(spot, "Codebook(«-16»)")),
        new("ESP0501", "one too many", spot => Shared(spot, "Codebook(«257»)")),
        new("ESP0501", "the most a number holds, by name", spot => Shared(spot, "Codebook(«clusters: int.MaxValue»)")),
        new("ESP0501", "one too many for integers", spot => Shared(spot, "Codebook(«257»)", "Quantize(Int8)")),

        new("ESP0502", "one more than four bits tell apart", spot => OwnLayer.InAModel(spot, 90, 40, "Codebook(«17»)")),
        new("ESP0502", "three", spot => OwnLayer.InAModel(spot, 90, 40, "Codebook(«clusters: 3»)")),
        new("ESP0502", "one fewer than all", spot => OwnLayer.InAModel(spot, 90, 90, "Codebook(«255», CentroidPrecision = Fp32)")),
        new("ESP0502", "a hundred for bytes", spot => OwnLayer.InAModel(spot, 90, 40, "Codebook(«100»)", "Quantize(Int8)")),
        new("ESP0502", "indices as wide as bytes", spot => OwnLayer.InAModel(spot, 90, 40, "Quantize(Int8)", "Codebook(«200»)")),
        new("ESP0502", "indices as wide as half bytes", spot => OwnLayer.InAModel(spot, 90, 40, "Quantize(Int4)", "Codebook(«15»)", "Prune(0.9)")),

        new("ESP0503", "a table larger than a few floats", spot => OwnLayer.InAModel(spot, 3, 4, "Codebook(«32»)")),
        new("ESP0503", "a table larger than a few bytes", spot => OwnLayer.InAModel(spot, 5, 4, "Quantize(Int8)", "Codebook(«clusters: 16»)")),
        new("ESP0503", "a table of fp32 as large as the weights", spot => OwnLayer.InAModel(spot, 8, 8, "Codebook(«64», CentroidPrecision = Fp32)")),
        new("ESP0503", "indices that save one bit of eight", spot => OwnLayer.InAModel(spot, 16, 10, "Quantize(Int8)", "Codebook(«128»)")),
        new("ESP0503", "few weights that groups leave", spot => OwnLayer.InAModel(spot, 20, 4, "Quantize(Int8)", "Prune(0.9, Structure = SparsityStructure.Grouped, GroupSize = 10)", "Codebook(«8»)")),
        new("ESP0503", "a table larger than 16-bit weights", spot => OwnLayer.InAModel(spot, 6, 6, "Quantize(Fp16)", "Codebook(«64»)")),
    ];

    private static void Shared(Spot spot, string codebook, params string[] more)
    {
        spot.Layer.Remove("Quantize", "Codebook");
        spot.Layer.Attributes.Add(codebook);
        spot.Layer.Attributes.AddRange(more);
    }
}
