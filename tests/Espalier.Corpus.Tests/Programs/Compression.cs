namespace Espalier.Corpus.Tests;

/// <summary>Chooses precision, pruning and codebook of a layer among what fits its shape.</summary>
internal static class Compression
{
    private static readonly string[] s_integers = ["Int8", "Int8", "Int8", "Int4", "Ternary", "Binary"];
    private static readonly string[] s_floats = ["Fp32", "Fp16", "Bf16", "Int16"];

    public static void AddTo(LayerText layer, Random random)
    {
        var weights = random.OnceIn(4) ? "" : random.OnceIn(3) ? random.Of(s_floats) : random.Of(s_integers);
        var clusters = Clusters(layer, weights, random);
        if (weights.Length > 0)
        {
            layer.Attributes.Add($"Quantize({string.Join(", ", Settings(weights, clusters > 0, random).Prepend(random.OnceIn(5) ? "weights: " + weights : weights))})");
        }

        if (random.OnceIn(2))
        {
            var choice = random.Next(4);
            var sparsity = random.Of("0.5", "0.75", "0.9", "0.95");
            layer.Attributes.Add(choice switch
            {
                0 => $"Prune({sparsity}, Schedule = PruningSchedule.OneShot)",
                1 => $"Prune({sparsity}, Structure = SparsityStructure.Unstructured)",
                2 when Divisor(layer.Inputs) is { } size => $"Prune({size - 1} / {size}.0, Structure = SparsityStructure.Grouped, GroupSize = {size})",
                _ => $"Prune({sparsity})",
            });
        }

        if (clusters > 0)
        {
            layer.Attributes.Add(weights.Length == 0 && random.OnceIn(3) ? $"Codebook({clusters}, CentroidPrecision = {random.Of("Fp32", "Fp16", "Bf16")})" : $"Codebook({clusters})");
        }
    }

    /// <summary>The smallest size of groups that divides so many inputs.</summary>
    private static int? Divisor(int inputs) => Enumerable.Range(2, 8).Where(size => inputs % size == 0).Select(size => (int?)size).FirstOrDefault();

    /// <summary>
    /// A power of two, of which the indices are shorter than the weights that they stand for by two bits at least and the table is an
    /// eighth of the weights at most; 0 for none. Three values of a ternary or binary weight need no codebook.
    /// </summary>
    private static int Clusters(LayerText layer, string weights, Random random)
    {
        if (weights is "Ternary" or "Binary" || random.OnceIn(2))
        {
            return 0;
        }

        var bits = weights switch { "Int4" => 4, "Int8" => 8, "" or "Fp32" => 32, _ => 16 };
        var fitting = new[] { 2, 4, 8, 16, 32, 64 }.Where(clusters => Math.Log2(clusters) <= bits - 2 && clusters * 16 <= layer.Weights).ToArray();
        return fitting.Length == 0 ? 0 : random.Of(fitting);
    }

    private static IEnumerable<string> Settings(string weights, bool shares, Random random)
    {
        var integer = s_integers.Contains(weights);
        if (random.OnceIn(4))
        {
            yield return "Inputs = " + (integer ? random.Of("Int8", "Int4", "Int16") : "Fp32");
        }

        if (random.OnceIn(6))
        {
            yield return "Accumulators = " + (integer ? "Int32" : "Fp32");
        }

        if (random.OnceIn(6))
        {
            yield return "Gradients = " + random.Of("Fp32", "Bf16", "Fp16", "Int16", "Int8");
        }

        var points = !shares && weights != "Fp32" && random.OnceIn(5);
        if (points)
        {
            yield return "MasterWeights = false";
            if (random.OnceIn(2))
            {
                yield return "Rounding = Rounding.Stochastic";
            }
        }

        if (!shares && !points && integer && random.OnceIn(5))
        {
            yield return "PerChannel = " + random.Of("true", "false");
        }
    }
}
