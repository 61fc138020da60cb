using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>Floors of a whole project, and floors that are none.</summary>
public partial class ArtifactRuleTests
{
    private static readonly TestFile s_accuracy975 = new(File, ManifestText.For(Sources.LeNet300, accuracy: "0.975"));

    [Fact]
    public async Task ESP0706_TheProjectsFloorIsForModelsWithoutOne()
    {
        var found = Assert.Single(await FindUnder("0.98", Sources.LeNet300, s_accuracy975));
        Assert.Equal("Model 'Digits.LeNet300' reached a validation accuracy of 0.975 and EspalierAccuracyFloor demands 0.98", found.GetMessage());
        Assert.Equal("Sequential(typeof(Hidden1), typeof(Hidden2), typeof(Logits))", TextAt(found));
        Assert.Equal(("ESP0706", DiagnosticSeverity.Warning), (found.Id, found.Severity));
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(await AnalyzerHarness.Run(TestCompilation.Relaxed(Sources.LeNet300), true, "0.98", s_accuracy975)).Severity);

        Assert.Empty(await FindUnder("0.975", Sources.LeNet300, s_accuracy975));
        Assert.Empty(await FindUnder(" 9.75e-1 ", Sources.LeNet300, s_accuracy975));
        Assert.Empty(await FindUnder("", Sources.LeNet300, s_accuracy975));
    }

    [Fact]
    public async Task ESP0706_TheModelsOwnFloorCountsAgainstTheProjects()
    {
        var lower = Sources.LeNet300.Replace("[Sequential", "[AccuracyFloor(0.97)]\n[Sequential");
        Assert.Empty(await FindUnder("0.98", lower, new TestFile(File, ManifestText.For(lower, accuracy: "0.975"))));
        var found = Assert.Single(await FindUnder("0.1", s_floored, new TestFile(File, ManifestText.For(s_floored, accuracy: "0.975"))));
        Assert.Equal(("ESP0706", "AccuracyFloor(0.98)"), (found.Id, TextAt(found)));
    }

    /// <summary>A stale artifact has a rule of its own, and what it reached once says nothing of the model as it is now.</summary>
    [Fact]
    public async Task ESP0706_StaleArtifactsAreNotCompared() => Assert.Equal(
        ["ESP0701"], (await FindUnder("0.98", Sources.LeNet300.Replace("Prune(0.91)", "Prune(0.95)"), s_accuracy975)).Select(found => found.Id));

    [Theory]
    [InlineData("98")]
    [InlineData("-0.1")]
    [InlineData("1.000001")]
    [InlineData("double.NaN", "NaN")]
    public async Task ESP0710_AnAttributeOutOfRange(string argument, string? said = null)
    {
        var program = Sources.LeNet300.Replace("[Sequential", $"[AccuracyFloor({argument})]\n[Sequential");
        var found = await Single("ESP0710", program, s_accuracy975);
        Assert.Equal(
            $"The accuracy floor of model 'Digits.LeNet300' is {said ?? argument}, from [AccuracyFloor]; it is a share of right answers from 0 to 1, and nothing is held against this one",
            found.GetMessage());
        Assert.Equal(argument, TextAt(found));
    }

    [Theory]
    [InlineData("98")]
    [InlineData("0,98")]
    [InlineData("98 %")]
    [InlineData("NaN")]
    public async Task ESP0710_APropertyOutOfRange(string property)
    {
        var found = Assert.Single(await FindUnder(property, Sources.LeNet300, s_accuracy975));
        Assert.Equal("ESP0710", found.Id);
        Assert.Equal(
            $"The accuracy floor of model 'Digits.LeNet300' is {property}, from EspalierAccuracyFloor; it is a share of right answers from 0 to 1, and nothing is held against this one",
            found.GetMessage());

        // Who has a floor of their own does not care.
        Assert.Empty(await FindUnder(property, s_floored, new TestFile(File, ManifestText.For(s_floored, accuracy: "0.99"))));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task ESP0710_TheEndsAreShares(string argument) => Assert.DoesNotContain(
        await Find(Sources.LeNet300.Replace("[Sequential", $"[AccuracyFloor({argument})]\n[Sequential"), s_accuracy975), found => found.Id == "ESP0710");

    private static async Task<Diagnostic[]> FindUnder(string floor, string program, params TestFile[] files) =>
        [.. await AnalyzerHarness.Run(TestCompilation.Relaxed(program), false, floor, files)];
}
