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
    ];

    private static void Shared(Spot spot, string codebook, params string[] more)
    {
        spot.Layer.Remove("Quantize", "Codebook");
        spot.Layer.Attributes.Add(codebook);
        spot.Layer.Attributes.AddRange(more);
    }
}
