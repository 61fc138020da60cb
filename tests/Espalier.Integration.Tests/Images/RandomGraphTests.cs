using Espalier.Integration.Tests.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>Generated networks of images of random shapes and compositions, on every tier.</summary>
public class RandomGraphTests
{
    [Fact]
    public void Floats() => Check(1000, _ => Precision.Fp32, floats: true);

    [Fact]
    public void Integers() => Check(2000, _ => Precision.Int8, floats: false);

    [Fact]
    public void SmallIntegers() => Check(3000, random => random.Next(3) == 0 ? Precision.Int4 : Precision.Int8, floats: false);

    [Fact]
    public void Mixed() => Check(4000, random => random.Next(2) == 0 ? Precision.Fp32 : Precision.Int8, floats: true);

    [Fact]
    public void PrunedIntegers() => Check(5000, _ => Precision.Int8, floats: false, sparsity: 0.85);

    [Fact]
    public void PrunedAndMixed() => Check(6000, random => random.Next(2) == 0 ? Precision.Fp32 : Precision.Int8, floats: true, sparsity: 0.9);

    private static void Check(int first, Func<Random, Precision> precision, bool floats, double sparsity = 0)
    {
        var seeds = Enumerable.Range(first, Effort.Of(10)).ToArray();
        var models = seeds.Select(seed => Pruned(RandomGraph.Of($"Tests.Random.Graph{seed}", seed, precision, floats), sparsity)).ToArray();
        var compiled = GraphCompiler.Compile(models);
        for (var i = 0; i < models.Length; i++)
        {
            var random = new GraphWeights(seeds[i]) { Density = seeds[i] % 3 == 0 ? 0.3 : 1 - sparsity, Extreme = seeds[i] % 5 == 0 };
            GraphAgreement.Check(compiled[i], random.For(models[i]), random);
        }
    }

    /// <summary>Kernels that skip zeros are planned by the share of weights that is to go, and must take whatever share there is.</summary>
    public static ModelDescription Pruned(ModelDescription model, double sparsity) => sparsity == 0 ? model : model with
    {
        Layers = [.. model.Layers.Select(layer => layer.Kind == "Conv2D" ? layer with { Pruning = new PruningDescription(sparsity) } : layer)],
    };
}
