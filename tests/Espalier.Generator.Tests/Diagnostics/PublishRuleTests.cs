using Espalier.Generator.Diagnostics;
using Espalier.Generator.Emit;
using Espalier.Generator.Pipeline;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>Rules on the native form of a project with models.</summary>
public class PublishRuleTests
{
    private const string Marked = "Sequential(typeof(Hidden1), typeof(Hidden2), typeof(Logits))";

    [Fact]
    public async Task ESP0801_SaysTheTierAndWhatItCosts()
    {
        var (slow, fast) = (Cycles(Tier.Ssse3), Cycles(Tier.Avx2));
        Assert.True(slow > fast);
        var found = Assert.Single(await Find(Sources.LeNet300, Native));
        Assert.Equal(
            Text($"PublishAot without IlcInstructionSet compiles the kernels of tier Ssse3 alone: about {slow:N0} cycles for a prediction of the model, where the tier Avx2 takes {fast:N0} ({(double)slow / fast:0.0}x fewer). ")
            + "Add <IlcInstructionSet>x86-64-v3</IlcInstructionSet> to the project; such a program asks for a processor with AVX2.",
            found.GetMessage());
        Assert.Equal(("ESP0801", DiagnosticSeverity.Warning, Marked), (found.Id, found.Severity, TextAt(found)));
    }

    /// <summary>Code that is to be small has nothing that the compiler was not told to expect.</summary>
    [Fact]
    public async Task ESP0801_PrefersSize()
    {
        var found = Assert.Single(await Find(Sources.LeNet300, [.. Native, ("OptimizationPreference", "Size")]));
        Assert.StartsWith(
            Text($"PublishAot without IlcInstructionSet and with OptimizationPreference Size compiles the kernels of tier Portable alone: about {Cycles(Tier.Portable):N0} cycles"), found.GetMessage(), StringComparison.Ordinal);
        Assert.Single(await Find(Sources.LeNet300, [.. Native, ("OptimizationPreference", "Speed")]), diagnostic => diagnostic.GetMessage().Contains("Ssse3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("win-x64")]
    [InlineData("linux-musl-x64")]
    [InlineData("win-x86")]
    public async Task ESP0801_AnyX86(string identifier) =>
        Assert.Equal("ESP0801", Assert.Single(await Find(Sources.LeNet300, [("PublishAot", "True"), ("RuntimeIdentifier", identifier), ("NETCoreSdkRuntimeIdentifier", "linux-arm64")])).Id);

    [Fact]
    public async Task ESP0801_OnlyWhereALevelIsMissing()
    {
        Assert.Empty(await Find(Sources.LeNet300, [.. Native, ("IlcInstructionSet", "x86-64-v3")]));
        Assert.Empty(await Find(Sources.LeNet300, [("PublishAot", "false"), ("NETCoreSdkRuntimeIdentifier", "linux-x64")]));
        Assert.Empty(await Find(Sources.LeNet300, [("NETCoreSdkRuntimeIdentifier", "linux-x64")]));

        // Arm takes dot products where the processor has them; WebAssembly has no levels.
        Assert.Empty(await Find(Sources.LeNet300, [.. Native, ("RuntimeIdentifier", "linux-arm64")]));
        Assert.Empty(await Find(Sources.LeNet300, [.. Native, ("RuntimeIdentifier", "browser-wasm")]));

        // Without a model there is nothing to run; a model with a mistake has no kernels.
        Assert.Empty(await Find("using Espalier; [Dense(3, 4)] public partial class A;", Native));
        Assert.Equal(["ESP0111"], (await Find("using Espalier; [Sequential] public partial class M;", Native)).Select(found => found.Id));
    }

    [Fact]
    public async Task ESP0801_AllModelsOnceAtTheFirst()
    {
        var second = Sources.LeNet300 + "\n[Sequential(typeof(Hidden2), typeof(Logits))] public partial class Short;";
        var found = Assert.Single(await Find(second, Native));
        Assert.Contains("for one prediction of each of 2 models,", found.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(Marked, TextAt(found));
    }

    /// <summary>The program ships the kernels of the library that it refers to.</summary>
    [Fact]
    public async Task ESP0801_ModelsOfReferences()
    {
        var library = TestCompilation.Named("Models", [], Sources.LeNet300).ToReference();
        var program = TestCompilation.Named("App", [library], "public class Program;").WithOptions(TestCompilation.Relaxed("").Options);
        var found = Assert.Single(await AnalyzerHarness.Run(program, Native));
        Assert.Equal(("ESP0801", Location.None), (found.Id, found.Location));
        Assert.Contains("a prediction of the model", found.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avx512vbmi", "avx512vbmi")]
    [InlineData("x86-64-v3,bmi", "bmi")]
    [InlineData("X86-64-V3", "X86-64-V3")]
    [InlineData("skylake", "skylake")]
    [InlineData("avx2,,fma", "")]
    [InlineData("dotprod", "dotprod")]
    public async Task ESP0802_NamesWhatTheCompilerDoesNotKnow(string level, string unknown)
    {
        var found = Assert.Single(await Find(Sources.LeNet300, [.. Native, ("IlcInstructionSet", level)]));
        Assert.Equal(
            $"IlcInstructionSet is '{level}': the native compiler of .NET 10 knows no '{unknown}' on x64 and stops there; write x86-64-v3, which has AVX2, FMA and BMI", found.GetMessage());
        Assert.Equal(("ESP0802", DiagnosticSeverity.Warning, Marked), (found.Id, found.Severity, TextAt(found)));
    }

    [Fact]
    public async Task ESP0802_AnotherFamilysLevel() => Assert.Equal(
        "IlcInstructionSet is 'x86-64-v3': the native compiler of .NET 10 knows no 'x86-64-v3' on arm64 and stops there; leave it out, for the program takes dot products where the processor has them",
        Assert.Single(await Find(Sources.LeNet300, [.. Native, ("RuntimeIdentifier", "osx-arm64"), ("IlcInstructionSet", "x86-64-v3")])).GetMessage());

    [Theory]
    [InlineData("x86-64-v2", "", "Ssse3", "as without a level")]
    [InlineData("aes", "", "Ssse3", "as without a level")]
    [InlineData("x86-64-v3,-avx2", "", "Ssse3", "as without a level")]
    [InlineData("x86-64-v2", "Size", "Ssse3", "where a program without a level runs Portable")]
    [InlineData("x86-64", "Size", "Portable", "as without a level")]
    [InlineData("avx", "Size", "Ssse3", "where a program without a level runs Portable")]
    public async Task ESP0802_LevelsBelowTheKernels(string level, string preference, string tier, string than)
    {
        var found = Assert.Single(await Find(Sources.LeNet300, [.. Native, ("IlcInstructionSet", level), ("OptimizationPreference", preference)]));
        Assert.Equal(
            Text($"IlcInstructionSet is '{level}': no kernel uses more of it than the tier {tier}, {than}, about {Cycles(Enum.Parse<Tier>(tier)):N0} cycles; write x86-64-v3 for the tier Avx2, {Cycles(Tier.Avx2):N0} cycles"),
            found.GetMessage());
    }

    /// <summary>A program refuses processors that lack its level, so AVX-512 has to be worth that: on its own or with the sets that the program may find beyond.</summary>
    [Fact]
    public async Task ESP0802_ALevelThatGainsNothing()
    {
        const string Head = "using Espalier; using static Espalier.Precision; [Dense(64, 8), Quantize(Int8)] public partial class A; [Sequential(typeof(A))] public partial class M;";
        (long Wide, long Best, long Narrow, long BestNarrow) cycles = (Cycles(Tier.Avx512, Head), Cycles(Tier.Avx512VbmiVnni, Head), Cycles(Tier.Avx2, Head), Cycles(Tier.AvxVnni, Head));
        Assert.True(cycles.Wide >= cycles.Narrow && cycles.Best >= cycles.BestNarrow, $"{cycles}: the example must be one that AVX-512 does not speed up");
        Assert.Equal(
            $"IlcInstructionSet is 'x86-64-v4': its kernels take about {cycles.Wide} to {cycles.Best} cycles (Avx512, Avx512VbmiVnni) and those of x86-64-v3 {cycles.Narrow} to {cycles.BestNarrow} (Avx2, AvxVnni), "
            + "so the program refuses processors without AVX-512 and gains nothing; write x86-64-v3",
            Assert.Single(await Find(Head, [.. Native, ("IlcInstructionSet", "x86-64-v4")])).GetMessage());
        Assert.Empty(await Find(Head, [.. Native, ("IlcInstructionSet", "native")]));
    }

    /// <summary>Code that is to be small finds nothing beyond its level, and windows of 128 activations are beyond.</summary>
    [Fact]
    public async Task ESP0802_WhatGainsByPermutationsOfBytesAlone()
    {
        const string Pruned = "using Espalier; using static Espalier.Precision; [Dense(300, 100), Quantize(Int8), Prune(0.97), Codebook(16)] public partial class A; [Sequential(typeof(A))] public partial class M;";
        Assert.True(Cycles(Tier.Avx512, Pruned) >= Cycles(Tier.Avx2, Pruned) && Cycles(Tier.Avx512Vbmi, Pruned) < Cycles(Tier.Avx2, Pruned));
        Assert.Empty(await Find(Pruned, [.. Native, ("IlcInstructionSet", "x86-64-v4")]));
        Assert.Equal("ESP0802", Assert.Single(await Find(Pruned, [.. Native, ("IlcInstructionSet", "x86-64-v4"), ("OptimizationPreference", "Size")])).Id);
    }

    [Theory]
    [InlineData("x86-64-v3")]
    [InlineData("avx2")]
    [InlineData("avx")]
    [InlineData("+avx2, aes")]
    [InlineData("x86-64-v4")]
    [InlineData("x86-64-v4,-avxvnni")]
    [InlineData("avx512v3")]
    [InlineData("native")]
    public async Task ESP0802_LevelsThatServe(string level) => Assert.Empty(await Find(Sources.LeNet300, [.. Native, ("IlcInstructionSet", level)]));

    [Fact]
    public async Task ESP0802_NeedsANativeProgram()
    {
        Assert.Empty(await Find(Sources.LeNet300, [("NETCoreSdkRuntimeIdentifier", "linux-x64"), ("IlcInstructionSet", "nonsense")]));
        Assert.Empty(await Find(Sources.LeNet300, [.. Native, ("RuntimeIdentifier", "linux-arm64"), ("IlcInstructionSet", "armv8.2-a,dotprod")]));
    }

    /// <summary>What programs printed that the native compiler of .NET 10.0.12 made with each level, on a processor with every set: the level's own tier or what it may find beyond.</summary>
    [Theory]
    [InlineData("", "", "Ssse3")]
    [InlineData("", "Size", "Portable")]
    [InlineData("x86-64-v2", "", "Ssse3")]
    [InlineData("x86-64", "", "Ssse3")]
    [InlineData("aes", "", "Ssse3")]
    [InlineData("avx", "", "Avx2")]
    [InlineData("avx2", "", "Avx2")]
    [InlineData("x86-64-v3", "Size", "Avx2")]
    [InlineData("x86-64-v3,-avx2", "", "Ssse3")]
    [InlineData("x86-64-v4", "", "Avx512")]
    [InlineData("x86-64-v4", "Size", "Avx512")]
    [InlineData("x86-64-v4,-avx512", "", "Avx2")]
    [InlineData("native", "", "Avx512")]
    public void TierOfALevel_IsWhatPublishedProgramsPrinted(string level, string preference, string tier) =>
        Assert.Equal(Enum.Parse<Tier>(tier), InstructionSetLevel.TierOf(new PublishTarget(true, level, "x64", preference == "Size")));

    /// <summary>The pages' arithmetic is the planner's, as it is now.</summary>
    [Fact]
    public void PagesOfTheRules_HaveThePlannersCycles()
    {
        var page = Page("ESP0801");
        Assert.All(
            [Tier.Portable, Tier.Ssse3, Tier.Avx2, Tier.AvxVnni, Tier.Avx512, Tier.Avx512Vbmi],
            tier => Assert.Contains(Text($"| {tier} | {Cycles(tier):N0} |"), page, StringComparison.Ordinal));
        Assert.Contains(Text($"\n{Cycles(Tier.Ssse3):N0} / {Cycles(Tier.Avx2):N0} = {(double)Cycles(Tier.Ssse3) / Cycles(Tier.Avx2):0.0}."), page, StringComparison.Ordinal);

        const string Head = "using Espalier; using static Espalier.Precision; [Dense(64, 8), Quantize(Int8)] public partial class A; [Sequential(typeof(A))] public partial class M;";
        Assert.Contains(Text($"takes {Cycles(Tier.Ssse3):N0} cycles by the planner's prices either way, and {Cycles(Tier.Avx2):N0}\nwith"), Page("ESP0802"), StringComparison.Ordinal);
        Assert.Contains(
            $"has {Cycles(Tier.Avx2, Head)} to {Cycles(Tier.AvxVnni, Head)} cycles with AVX2 and {Cycles(Tier.Avx512, Head)} to {Cycles(Tier.Avx512VbmiVnni, Head)} with AVX-512,", Page("ESP0802"), StringComparison.Ordinal);
    }

    private static string Page(string id) => System.IO.File.ReadAllText(RepositoryFiles.Path("generator", "docs", id + ".md")).ReplaceLineEndings("\n");

    private static (string Name, string Value)[] Native => [("PublishAot", "true"), ("NETCoreSdkRuntimeIdentifier", "linux-x64")];

    private static async Task<Diagnostic[]> Find(string program, (string Name, string Value)[] properties) =>
        (await AnalyzerHarness.Run(TestCompilation.Relaxed(program), properties)).Where(found => found.Id != ArtifactRules.ModelWithoutArtifactId).ToArray();

    private static long Cycles(Tier tier, string program = Sources.LeNet300) =>
        Assert.Single(new GeneratorHarness(TestCompilation.Of(program)).Values<ModelTarget>(TrackingNames.ModelTargets)).Plans.Sum(plan => (long)plan.For(tier).Cycles);

    private static string Text(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string TextAt(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
}
