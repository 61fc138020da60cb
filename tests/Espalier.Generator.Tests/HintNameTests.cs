namespace Espalier.Generator.Tests;

/// <summary>
/// Names of generated files. Roslyn tells them apart without regard to case and throws when two are equal, C# tells classes apart with
/// regard to it.
/// </summary>
public class HintNameTests
{
    [Theory]
    [InlineData("Net", "net")]
    [InlineData("Net", "NET")]
    [InlineData("LeNet", "Lenet")]
    [InlineData("LeNet", "LENet")]
    [InlineData("leNet", "lENet")]
    [InlineData("Öl", "öl")]
    public void ClassesThatDifferInCase_HaveFilesOfTheirOwn(string one, string other)
    {
        var program = $$"""
            namespace N { using Espalier; [Dense(3, 4)] public partial class {{one}}; [Dense(4, 3)] public partial class {{other}}; }
            namespace M { [Espalier.Sequential(typeof(N.{{one}}))] public partial class {{one}}; }
            namespace m { [Espalier.Sequential(typeof(N.{{other}}))] public partial class {{one}}; }
            """;
        var files = new GeneratorHarness(TestCompilation.Relaxed(program)).Files.Keys.Where(name => !name.StartsWith("Espalier.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, files.Length);
        Assert.Equal(4, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void CapitalsAtTheHeadOfEachPart_NeedNoSuffix() => Assert.Equal(
        ["N.Outer.Hidden1.g.cs"],
        Names("namespace N; public partial class Outer { [Espalier.Dense(3, 4)] public partial class Hidden1; }"));

    /// <summary>A name must not change when a class is added, or every keystroke in one file could emit another one again.</summary>
    [Fact]
    public void Name_DependsOnTheClassAlone()
    {
        const string Alone = "namespace N; [Espalier.Dense(3, 4)] public partial class LeNet;";
        var name = Assert.Single(Names(Alone));
        Assert.Contains(name, Names(Alone + "[Espalier.Dense(3, 4)] public partial class Lenet;"));
    }

    private static string[] Names(string program) =>
        [.. new GeneratorHarness(TestCompilation.Of(program)).Files.Keys.Where(name => !name.StartsWith("Espalier.", StringComparison.Ordinal))];
}
