using System.Globalization;

namespace Espalier.Generator.Tests;

/// <summary>What is generated is the same on machines of every language.</summary>
public class CultureTests
{
    [Fact]
    public void NumbersAreWrittenAlikeEverywhere()
    {
        const string Program = """
            namespace N;
            using Espalier;
            using static Espalier.Precision;
            [Dense(784, 300), Relu, Quantize(Int8), Prune(0.925), Codebook(16)] public partial class A;
            [Dense(300, 100), Relu, Prune(0.915)] public partial class B;
            [Dense(100, 10), Prune(0.955), Codebook(16)] public partial class C;
            [Sequential(typeof(A), typeof(B), typeof(C)), Train(LearningRate = 0.0015), AccuracyFloor(0.985)] public partial class M;
            """;
        var here = new GeneratorHarness(TestCompilation.Of(Program)).Files;
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Made by hand, since a machine may have no cultures installed.
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (commas.NumberFormat.NumberDecimalSeparator, commas.NumberFormat.NumberGroupSeparator) = (",", ".");
            (commas.NumberFormat.PercentDecimalSeparator, commas.NumberFormat.NegativeSign) = (",", "minus ");
            CultureInfo.CurrentCulture = commas;
            var there = new GeneratorHarness(TestCompilation.Of(Program)).Files;
            Assert.Equal(here.Keys, there.Keys);
            Assert.All(here, file => Assert.Equal(file.Value, there[file.Key]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
