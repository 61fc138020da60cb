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

    private static void Check(int first, Func<Random, Precision> precision, bool floats)
    {
        var seeds = Enumerable.Range(first, Effort.Of(10)).ToArray();
        var models = seeds.Select(seed => RandomGraph.Of($"Tests.Random.Graph{seed}", seed, precision, floats)).ToArray();
        var compiled = GraphCompiler.Compile(models);
        for (var i = 0; i < models.Length; i++)
        {
            var random = new GraphWeights(seeds[i]) { Density = seeds[i] % 3 == 0 ? 0.3 : 1, Extreme = seeds[i] % 5 == 0 };
            GraphAgreement.Check(compiled[i], random.For(models[i]), random);
        }
    }
}
