using Espalier;

namespace Zoo.Running;

/// <summary>The smallest and largest number of every tensor of a network, for a few images.</summary>
internal sealed class Ranges
{
    private readonly (float Lowest, float Highest)[] _ranges;

    /// <param name="weights">The network in fp32.</param>
    /// <param name="images">Raw inputs.</param>
    public Ranges(ModelWeights weights, params float[][] images)
    {
        var reference = new ReferenceNetwork(weights);
        _ranges = new (float, float)[weights.Layers.Length + 1];
        foreach (var image in images)
        {
            Widen(0, [.. image.Select(weights.Normalisation.Apply)]);
            var results = reference.Trace(image);
            for (var layer = 0; layer < results.Length; layer++)
            {
                Widen(layer + 1, results[layer]);
            }
        }
    }

    /// <summary>Of a layer's result, or of the model's input (−1); 0 lies within.</summary>
    public (float Lowest, float Highest) this[int tensor] => _ranges[tensor + 1];

    /// <summary>A grid for what lies within ranges.</summary>
    public static ActivationGrid Grid(IEnumerable<(float Lowest, float Highest)> ranges, int top)
    {
        var all = ranges.ToArray();
        var (lowest, highest) = (all.Min(range => range.Lowest), all.Max(range => range.Highest));
        var scale = Math.Max(highest - lowest, 1e-6f) / top;
        return new ActivationGrid(scale, (ushort)Math.Clamp(MathF.Round(-lowest / scale), 0, top), (ushort)top);
    }

    private void Widen(int at, float[] values) =>
        _ranges[at] = (Math.Min(_ranges[at].Lowest, values.Min()), Math.Max(_ranges[at].Highest, values.Max()));
}
