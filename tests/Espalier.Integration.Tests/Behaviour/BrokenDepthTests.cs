using Espalier.Integration.Tests.Compilations;
using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

/// <summary>
/// A manifest shows that its weights can be added many steps deep in 16 bits, and kernels are generated for that depth. Weights given
/// at run time may be others: they must get the sums that 32 bits give, on every tier.
/// </summary>
[Trait(Tiers.Trait, Tiers.Once)]
public class BrokenDepthTests
{
    private const string Dense = """
        [Dense(70, 45), Relu, Quantize(Int8)] public partial class A;
        [Dense(45, 45), Tanh, Quantize(Int8, PerChannel = false)] public partial class B;
        [Dense(45, 9), Quantize(Int8)] public partial class C;
        [Sequential(typeof(A), typeof(B), typeof(C))] public partial class M;
        """;

    private const string Pruned = """
        [Dense(300, 90), Relu, Quantize(Int8), Prune(0.9)] public partial class A;
        [Dense(90, 45), Relu, Quantize(Int8), Prune(0.9), Codebook(16)] public partial class B;
        [Dense(45, 9), Quantize(Int8), Prune(0.7), Codebook(16)] public partial class C;
        [Sequential(typeof(A), typeof(B), typeof(C))] public partial class M;
        """;

    public static TheoryData<string, string> Programs => new()
    {
        { Dense, "8 steps added in 16 bits" }, { Pruned, "2 steps added in 16 bits" },
        { InFourteenBits(Dense), "8 steps added in 16 bits" }, { InFourteenBits(Pruned), "2 steps added in 16 bits" },
    };

    [Theory, MemberData(nameof(Programs))]
    public void WeightsThatBreakTheRecordedDepthGiveTheSameSums(string program, string depth)
    {
        var planned = new ProgramCompiler().Compile("Untrained", program).Model("M").Description;
        var recorded = Calm(new RandomWeights(1).For(planned));
        var compiled = new ProgramCompiler().Compile("Trained", program, Artifact.From(recorded).Manifest);
        Assert.Contains(compiled.Generated, text => text.Contains(depth, StringComparison.Ordinal));

        var model = compiled.Model("M");
        Agreement.Check(model.Create, recorded, new RandomWeights(1));
        for (var seed = 1; seed <= 4; seed++)
        {
            // At the ends of the grid, as dense as weights can be, and with activations at the top: sums that 16 bits do not hold.
            var random = new RandomWeights(seed) { Extreme = true, Density = seed % 2 == 0 ? 1 : null };
            Agreement.Check(model.Create, random.For(model.Description), random, samples: 12);

            // One such layer among calm ones: each layer decides for itself.
            var mixed = random.For(model.Description);
            var layers = Calm(mixed).Layers.SetItem(seed % 3, mixed.Layers[seed % 3]);
            Agreement.Check(model.Create, new ModelWeights(model.Description, mixed.Normalisation, layers), random, samples: 12);
        }
    }

    /// <summary>Each plane of such inputs keeps the bounds that inputs of seven bits keep.</summary>
    private static string InFourteenBits(string program) => program.Replace("Quantize(Int8", "Quantize(Int8, Inputs = Int16", StringComparison.Ordinal);

    /// <summary>Codes of an eighth of their size: 8 steps of two products are at most 8 · 2 · 15 · 127 = 30480.</summary>
    private static ModelWeights Calm(ModelWeights weights) => new(
        weights.Model, weights.Normalisation, [.. weights.Layers.Cast<IntegerLayerWeights>().Select(LayerWeights (layer) => new IntegerLayerWeights(
            layer.Layer,
            [.. layer.Codes.Select(Eighth)],
            layer.Scales,
            layer.Bias.ToArray(),
            layer.InputGrid,
            layer.OutputGrid,
            layer.Table,
            layer.Centroids is null ? null : [.. layer.Centroids.Select(Eighth).Distinct()]))]);

    private static sbyte Eighth(sbyte code) => (sbyte)(code / 8);
}
