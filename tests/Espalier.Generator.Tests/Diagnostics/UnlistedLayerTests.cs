using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>ESP0112 depends on what a project is: who could list its layers, and where models may stand.</summary>
public class UnlistedLayerTests
{
    private const string Layers = "namespace N; [Espalier.Dense(3, 4)] public partial class Open; [Espalier.Dense(3, 4)] partial class Own; partial class Outer { [Espalier.Dense(3, 4)] private partial class Hidden; }";

    [Theory]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, "", "Hidden Own")]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]", "Hidden")]
    [InlineData(OutputKind.ConsoleApplication, "", "Hidden Open Own")]
    [InlineData(OutputKind.WindowsApplication, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]", "Hidden Open Own")]
    public async Task LayersThatNoOtherProjectCanList_AreNamed(OutputKind kind, string assembly, string expected) =>
        Assert.Equal(expected, await Unlisted(kind, [], assembly + Layers));

    [Fact]
    public async Task ModelsInOtherFilesAndTypes_Count() => Assert.Equal(
        "",
        await Unlisted(
            OutputKind.ConsoleApplication, [],
            Layers.Replace("private", "internal", StringComparison.Ordinal),
            "partial struct Deep { partial interface In { [Espalier.Sequential(typeof(N.Open))] partial class M; } }",
            "using S = Espalier.SequentialAttribute; namespace A.B.C { [S(typeof(N.Own))] partial class M; [S(typeof(N.Outer.Hidden))] partial class K; }"));

    /// <summary>Models are found by the text of their attributes before anything is bound; any way to name the attribute must do.</summary>
    [Theory]
    [InlineData("[Espalier.SequentialAttribute(typeof(N.Open))] class M;", "")]
    [InlineData("[global::Espalier.Sequential(typeof(N.Open))] class M;", "")]
    [InlineData("namespace D { using E = Espalier; [E::Sequential(typeof(N.Open))] class M; }", "")]
    [InlineData("namespace D { using S = Espalier.SequentialAttribute; class Outer { [S(typeof(N.Open))] class M; } }", "")]
    [InlineData("[Short(typeof(N.Open))] class M;", "global using Short = Espalier.SequentialAttribute;")]
    [InlineData("partial class M; [System.Serializable, Espalier.Sequential(typeof(N.Open))] partial class M;", "")]
    public async Task EveryNameOfTheAttribute_IsKnown(string model, string another)
    {
        const string Layer = "namespace N; [Espalier.Dense(3, 4)] public partial class Open;";
        Assert.Equal("", await Unlisted(OutputKind.ConsoleApplication, [], another, Layer, model));
        Assert.Equal("Open", await Unlisted(OutputKind.ConsoleApplication, [], another, Layer, model.Replace("N.Open", "string", StringComparison.Ordinal)));
    }

    /// <summary>Models that may list a layer are found by the text of their lists; any way to name the layer must do, and a namesake is not the layer.</summary>
    [Theory]
    [InlineData("[Espalier.Sequential(typeof(N.Open))] class M;", "", "")]
    [InlineData("namespace N { [Espalier.Sequential(typeof(global::N.Open))] class M; }", "", "")]
    [InlineData("[Espalier.Sequential(new[] { typeof(N.@Open) })] class M;", "", "")]
    [InlineData("[Espalier.Sequential(new System.Type[] { typeof(int), typeof(N.Op\\u0065n) })] class M;", "", "")]
    [InlineData("[Espalier.Sequential([typeof(N.Open)])] class M;", "", "")]
    [InlineData("namespace D { using Alias = N.Open; [Espalier.Sequential(typeof(Alias))] class M; }", "", "")]
    [InlineData("namespace D { using Alias = N; [Espalier.Sequential(typeof(Alias::Open))] class M; }", "", "")]
    [InlineData("[Espalier.Sequential(typeof(Alias))] class M;", "global using Alias = N.Open;", "")]
    [InlineData("[Short(typeof(string))] partial class M; [Espalier.Sequential(typeof(int))] partial class M;", "global using Short = Espalier.SequentialAttribute;", "Open")]
    [InlineData("[Espalier.Sequential(typeof(Open))] class M; class Open;", "", "Open")]
    [InlineData("namespace D { using Alias = System.String; [Espalier.Sequential(typeof(Alias))] class M; }", "", "Open")]
    public async Task EveryNameOfTheLayer_IsKnown(string model, string another, string expected) =>
        Assert.Equal(expected, await Unlisted(OutputKind.ConsoleApplication, [], another, "namespace N; [Espalier.Dense(3, 4)] public partial class Open;", model));

    /// <summary>A layer of another assembly is that assembly's affair, and so are its models.</summary>
    [Fact]
    public async Task OtherAssemblies_AreLeftAlone()
    {
        var library = TestCompilation.Named("Library", [], "namespace L; [Espalier.Dense(3, 4)] public partial class Far; [Espalier.Sequential(typeof(Far))] public partial class Net;").ToReference();
        Assert.Equal("Own", await Unlisted(OutputKind.ConsoleApplication, [library], "[Espalier.Dense(3, 4)] partial class Own; [Espalier.Sequential(typeof(L.Far))] partial class M;"));
    }

    private static async Task<string> Unlisted(OutputKind kind, MetadataReference[] references, params string[] sources)
    {
        var compilation = TestCompilation.Named("Consumer", references, sources);
        var found = await AnalyzerHarness.Run(compilation.WithOptions(compilation.Options.WithOutputKind(kind)));
        return string.Join(" ", found.Where(one => one.Id == "ESP0112").Select(one => one.GetMessage(null).Split('\'')[1]).Order(StringComparer.Ordinal));
    }
}
