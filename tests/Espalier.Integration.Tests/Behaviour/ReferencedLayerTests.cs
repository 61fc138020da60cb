using Espalier.Integration.Tests.Compilations;
using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

/// <summary>Layers of a class library in the models of another assembly: their attributes are read from metadata, their kernels generated anew.</summary>
[Trait(Tiers.Trait, Tiers.Once)]
public class ReferencedLayerTests
{
    private const string Library = """
        namespace Library
        {
            [Dense(23, 31), Relu, Quantize(Int8), Prune(0.7), Codebook(16)] public partial class Hidden;
            [Dense(31, 31), Sigmoid, Quantize(Int8, PerChannel = false)] public partial class Middle;
            public partial class Outer { [Dense(31, 7, Bias = false), Quantize(Int4)] public partial class Logits; }
            [Dense(23, 31), Relu, Prune(0.5), Codebook(8)] public partial class FloatHidden;
            [Dense(31, 7), Softmax] public partial class FloatLogits;
            [Sequential(typeof(Hidden), typeof(Outer.Logits))] public partial class Own;
        }
        """;

    private const string Consumer = """
        namespace Consumer
        {
            [Dense(7, 5), Quantize(Int8)] public partial class Last;
            [Sequential(typeof(Library.Hidden), typeof(Library.Middle), typeof(Library.Middle), typeof(Library.Outer.Logits), typeof(Last))] public partial class Integers;
            [Sequential(typeof(Library.FloatHidden), typeof(Library.FloatLogits))] public partial class Floats;
        }
        """;

    /// <summary>A library that shows its internals shows its kernels too, some of them equal to those of the consumer.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Consumer\")]\n")]
    public void AModelOfReferencedLayersGivesWhatTheSimulationGives(string shown)
    {
        var compiler = new ProgramCompiler();
        var library = compiler.Compile("Library", shown + Library);
        var consumer = compiler.Compile("Consumer", Consumer);
        var integers = consumer.Model("Consumer.Integers");
        Assert.Equal(["0/Hidden", "1/Middle", "2/Middle", "3/Logits", "4/Last"], integers.Description.Layers.Select(layer => layer.Path));
        foreach (var model in new[] { integers, consumer.Model("Consumer.Floats"), library.Model("Library.Own") })
        {
            for (var seed = 1; seed <= 3; seed++)
            {
                var random = new RandomWeights(seed);
                Agreement.Check(model.Create, random.For(model.Description), random);
            }
        }
    }

    [Fact]
    public void AReferencedLayerIsDescribedAsInItsOwnAssembly()
    {
        var compiler = new ProgramCompiler();
        var own = compiler.Compile("Library", Library).Model("Library.Own").Description;
        var again = compiler.Compile("Consumer", "[Sequential(typeof(Library.Hidden), typeof(Library.Outer.Logits))] public partial class Again;").Model("Again").Description;
        Assert.Equal(own.Layers.Select(layer => layer with { Arguments = [] }), again.Layers.Select(layer => layer with { Arguments = [] }));
        Assert.Equal(own.Layers.SelectMany(layer => layer.Arguments), again.Layers.SelectMany(layer => layer.Arguments));
    }
}
