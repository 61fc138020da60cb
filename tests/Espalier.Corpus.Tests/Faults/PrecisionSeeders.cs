namespace Espalier.Corpus.Tests;

internal static class PrecisionSeeders
{
    public static readonly Seeder[] All =
    [
        new("ESP0301", "Int32 weights", spot => Alone(spot, "Quantize(«Int32»)")),
        new("ESP0301", "Int32 weights by name", spot => Alone(spot, "Quantize(«weights: Int32»)")),
        new("ESP0301", "a precision that does not exist", spot => Alone(spot, "Quantize(«(Espalier.Precision)42»)")),
        new("ESP0301", "a negative precision", spot => Alone(spot, "Quantize(«(Espalier.Precision)(-1)»)")),
        new("ESP0301", "Int32 weights that are pruned", spot =>
        {
            Alone(spot, "Quantize(«Int32»)");
            spot.Layer.Attributes.Add("Prune(0.9)");
        }),

        new("ESP0302", "Int32 inputs", spot => Alone(spot, "Quantize(Int8, «Inputs = Int32»)")),
        new("ESP0302", "ternary inputs", spot => Alone(spot, "Quantize(Int4, «Inputs = Ternary»)")),
        new("ESP0302", "binary inputs beside floats", spot => Alone(spot, "Quantize(Bf16, «Inputs = Binary»)")),
        new("ESP0302", "Int16 inputs beside fp16 weights", spot => Alone(spot, "Quantize(Fp16, «Inputs = Int16»)")),
        new("ESP0302", "inputs of a precision that does not exist", spot => Alone(spot, "Quantize(Int8, «Inputs = (Espalier.Precision)77»)")),

        new("ESP0303", "one input too many for Int8", spot => Wide(spot, "«49930»", "Quantize(Int8)")),
        new("ESP0303", "too many inputs by name", spot => Wide(spot, "«inputs: 60000»", "Quantize(Int8)")),
        new("ESP0303", "one input too many for 14 bits", spot => Wide(spot, "«49930»", "Quantize(Int8, Inputs = Int16)")),
        new("ESP0303", "too many inputs for Int4", spot => Wide(spot, "«1000000»", "Quantize(Int4)")),
        new("ESP0303", "too many inputs for Int4 inputs of Int8 weights", spot => Wide(spot, "«500000»", "Quantize(Int8, Inputs = Int4)")),

        new("ESP0304", "one cluster more than Int8 has values", spot => Alone(spot, "Quantize(Int8)", "Codebook(«256»)")),
        new("ESP0304", "one cluster more than Int4 has values", spot => Alone(spot, "Quantize(Int4)", "Codebook(«16»)")),
        new("ESP0304", "64 clusters of Int4", spot => Alone(spot, "Quantize(Int4)", "Codebook(«clusters: 64»)")),
        new("ESP0304", "four ternary clusters", spot => Alone(spot, "Quantize(Ternary)", "Codebook(«4»)")),
        new("ESP0304", "16 binary clusters of a pruned layer", spot => Alone(spot, "Quantize(Binary)", "Prune(0.5)", "Codebook(«16»)")),
    ];

    /// <summary>On a layer without other compression, so that nothing else is wrong with it.</summary>
    private static void Alone(Spot spot, params string[] attributes)
    {
        spot.Layer.Remove("Quantize", "Prune", "Codebook");
        spot.Layer.Attributes.AddRange(attributes);
    }

    private static void Wide(Spot spot, string inputs, string quantize)
    {
        var layer = spot.First.Layer;
        layer.Remove("Quantize", "Prune", "Codebook");
        layer["Dense"] = inputs.Contains(':') ? $"Dense({inputs}, outputs: {layer.Outputs})" : $"Dense({inputs}, {layer.Outputs})";
        layer.Attributes.Add(quantize);
    }
}
