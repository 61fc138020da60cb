using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>Each suppressor against the analyzer that it answers: what it silences, and what nearly looks the same and stays reported.</summary>
public class SuppressorTests
{
    private const string Static = "using static Espalier.Precision;";

    [Fact]
    public async Task ESPS001_SilencesLayersThatAModelLists() => Assert.Equal(
        [("A", "ESPS001"), ("B", "ESPS001"), ("Alone", ""), ("Plain", "")],
        await SuppressorHarness.Run(
            "CA1812",
            """
            namespace N; using Espalier;
            [Dense(3, 4)] internal partial class A;
            internal partial class Outer { [Dense(4, 5)] internal partial class B; }
            [Dense(3, 4)] internal partial class Alone;
            internal class Plain;
            [Sequential(typeof(A), typeof(Outer.B))] internal partial class M;
            """));

    /// <summary>A class that is listed by mistake is no layer.</summary>
    [Fact]
    public async Task ESPS001_LeavesClassesThatAreNoLayer() => Assert.Equal(
        [("B", "")],
        await SuppressorHarness.Run("CA1812", "namespace N; using Espalier; [Dense(3, 4)] public partial class A; internal class B; [Sequential(typeof(A), typeof(B))] public partial class M; [Sequential(typeof(A))] public partial class M2;"));

    [Fact]
    public async Task ESPS002_SilencesDirectivesThatMustStandInside() => Assert.Equal(
        [("using Espalier;", "ESPS002"), (Static, "ESPS002")],
        await SuppressorHarness.Run("IDE0065", $"namespace N; using Espalier; {Static} [Dense(3, 4), Quantize(Int8)] public partial class A;"));

    [Fact]
    public async Task ESPS002_SilencesThemInBlocks() => Assert.Equal(
        [(Static, "ESPS002"), ("using System.Text;", "")],
        await SuppressorHarness.Run("IDE0065", $"using Espalier; namespace N {{ {Static} [Dense(3, 4), Quantize(Int8)] public partial class A; }} namespace O {{ using System.Text; }}"));

    /// <summary>Without System's types outside there is nothing to be ambiguous with.</summary>
    [Fact]
    public async Task ESPS002_LeavesThemWhereSystemIsNotImportedOutside() => Assert.Equal(
        [("using Espalier;", ""), (Static, "")],
        await SuppressorHarness.RunWithoutUsings("IDE0065", $"namespace N; using Espalier; {Static} [Dense(3, 4), Quantize(Int8)] public partial class A;"));

    [Theory]
    [InlineData("namespace N; using Espalier; [Dense(3, 4)] public partial class A;", "using Espalier;")]
    [InlineData("using Espalier; namespace N { using static System.Math; [Dense(3, 4)] public partial class A; }", "using static System.Math;")]
    public async Task ESPS002_LeavesOtherDirectives(string program, string reported) => Assert.Equal([(reported, "")], await SuppressorHarness.Run("IDE0065", program));

    [Fact]
    public async Task ESPS003_SilencesGeneratedConstructors()
    {
        var found = await SuppressorHarness.Run("RS0026", "namespace N; using Espalier; [Dense(3, 4)] public partial class A;");
        Assert.Equal([("A", "ESPS003"), ("A", "ESPS003")], found);
    }

    [Fact]
    public async Task ESPS003_LeavesTheAuthorsOverloads()
    {
        var found = await SuppressorHarness.Run(
            "RS0026", "namespace N; using Espalier; [Dense(3, 4)] public partial class A { public static void Own(int x, int y = 0) { } public static void Own(string x, int y = 0) { } }");
        Assert.Equal([("A", "ESPS003"), ("A", "ESPS003"), ("Own", ""), ("Own", "")], found.Order());
    }

    /// <summary>What moving the directives outside would bring about, and the reason of ESPS002.</summary>
    [Fact]
    public void ESPS002_IsAboutARealAmbiguity()
    {
        const string Layer = "[Dense(3, 4), Quantize(Int16)] public partial class A;";
        Assert.Contains(TestCompilation.Relaxed($"using Espalier; {Static} namespace N; {Layer}").GetDiagnostics(), found => found.Id == "CS0229");
        Assert.DoesNotContain(TestCompilation.Relaxed($"namespace N; using Espalier; {Static} {Layer}").GetDiagnostics(), found => found.Severity == DiagnosticSeverity.Error);
    }
}
