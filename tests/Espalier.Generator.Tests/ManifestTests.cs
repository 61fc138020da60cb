using System.Text.Json.Nodes;
using Espalier.Generator.Emit;
using Espalier.Generator.Manifests;
using Espalier.Generator.Pipeline;
using Espalier.Planning;

namespace Espalier.Generator.Tests;

/// <summary>Reading manifests, whole or broken, and what a model takes from its own.</summary>
public class ManifestTests
{
    private static readonly string s_whole = ManifestText.For(Sources.LeNet300);

    [Fact]
    public void WholeManifest_IsRead()
    {
        var manifest = Read(s_whole);
        Assert.Null(manifest.Problem);
        Assert.Equal((1, Planner.Version, "Digits.LeNet300"), (manifest.Format, manifest.PlannerVersion, manifest.Model));
        Assert.Equal((23456, 1066440, 0.975), (manifest.Bytes, manifest.DenseBytes, manifest.ValidationAccuracy!.Value));
        Assert.Equal(ManifestText.Sha256, manifest.Sha256);
        Assert.Equal(["0/Hidden1", "1/Hidden2", "2/Logits"], manifest.Layers.Select(layer => layer.Path));
        Assert.Equal([-127, 0, 127], manifest.Layers[0].Centroids);
        Assert.Equal(0.08, manifest.Layers[0].Evidence!.Density);
        Assert.Equal(Planner.Tiers, manifest.Layers[0].Kernels.Select(kernel => kernel.Tier));
        Assert.Equal(manifest, Read(s_whole));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("{\"format\": \"1\"}")]
    [InlineData("{\"format\": 1e400}")]
    [InlineData("{\"format\": -1}")]
    [InlineData("\0\u0001\uD800")]
    public void AnythingElse_IsAProblem(string text) => Assert.NotNull(Read(text).Problem);

    [Fact]
    public void DeepAndLongTexts_AreProblems()
    {
        Assert.NotNull(Read(new string('[', 1_000_000)).Problem);
        Assert.NotNull(Read(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))).Problem);
        Assert.NotNull(Read(new string(' ', ManifestReader.MostCharacters + 1)).Problem);
        Assert.Equal("the file cannot be read", ManifestReader.Read("f", null, null, default).Problem);
    }

    /// <summary>Every cut and every wrong type ends as a value, never as an exception.</summary>
    [Fact]
    public void TruncatedManifests_AreProblems()
    {
        for (var length = 0; length < s_whole.Length - 1; length += 7)
        {
            Assert.True(Read(s_whole[..length]).Problem is not null, s_whole[..length]);
        }
    }

    [Theory]
    [InlineData("sha256", "\"12\"")]
    [InlineData("sha256", "7")]
    [InlineData("bytes", "-1")]
    [InlineData("bytes", "1.5")]
    [InlineData("model", "null")]
    [InlineData("validationAccuracy", "1.5")]
    [InlineData("planner", "true")]
    public void WrongMember_IsNamed(string member, string value)
    {
        var json = JsonNode.Parse(s_whole)!;
        json[member] = JsonNode.Parse(value);
        Assert.Contains($"\"{member}\"", Read(json.ToJsonString()).Problem);
    }

    [Theory]
    [InlineData("density=0.08 denseDepth=0 schedules=")]
    [InlineData("density=0.08 denseDepth=99999999 schedules=")]
    [InlineData("density=NaN denseDepth=1 schedules=")]
    [InlineData("density=0.08 denseDepth=1 schedules=16/4/128/41/9")]
    [InlineData("density=0.08 denseDepth=1 schedules=0/4/128/41/1")]
    [InlineData("density=0.08 denseDepth=1 schedules= sums=long")]
    [InlineData("density=0.08 denseDepth=1 schedules= sums=wide sums=wide")]
    public void EvidenceThatNoPackerMeasures_IsDropped(string evidence) =>
        Assert.All(Read(ManifestText.For(Sources.LeNet300).Replace("density=0.08 denseDepth=1 schedules=", evidence)).Layers, layer => Assert.Null(layer.Evidence));

    [Fact]
    public void BriefDefinitions_AreReadInFull()
    {
        var brief = DefinitionText.Brief(s_whole);
        Assert.True(brief.Length < s_whole.Length);
        Assert.Equal(Read(s_whole).Layers, Read(brief).Layers);
        Assert.NotNull(Model(new TestFile("x.espalier.json", brief, ManifestText.Sha256)).Artifact);
    }

    [Theory]
    [InlineData("Dense(1,2) Quantize(Int8,Inputs=Int8,Other=1)")]
    [InlineData("Dense(1,2) Quantize(Int8")]
    [InlineData("Dense(1,2)")]
    [InlineData("")]
    public void DefinitionsOfNoKnownForm_StayAsTheyAre(string text) => Assert.Equal(text, DefinitionText.Full(text));

    [Fact]
    public void FittingManifest_GivesTheModelItsArtifactAndPlans()
    {
        var model = Model(new TestFile("x.espalier.json", s_whole, ManifestText.Sha256));
        Assert.Equal("Digits.LeNet300.espalier.bin", model.Artifact!.ResourceName);
        Assert.Equal("", model.MissingBecause);
        Assert.All(model.Plans, plan => Assert.All(plan.Kernels, kernel => Assert.Equal("as recorded", kernel.Why)));
        Assert.All(model.Plans, plan => Assert.Equal(0.08, plan.Facts.Evidence!.Density));
    }

    [Fact]
    public void ManifestThatLacksATier_IsPlannedAfreshFromItsEvidence()
    {
        var json = JsonNode.Parse(s_whole)!;
        foreach (var layer in json["layers"]!.AsArray())
        {
            var kernels = layer!["kernels"]!.AsArray();
            kernels.Remove(kernels.Single(kernel => kernel!.GetValue<string>().StartsWith("AvxVnni ", StringComparison.Ordinal)));
        }

        var model = Model(new TestFile("x.espalier.json", json.ToJsonString(), ManifestText.Sha256));
        Assert.NotNull(model.Artifact);
        Assert.All(model.Plans, plan => Assert.Equal(Planner.Plan(plan.Facts), plan));
        Assert.All(model.Plans, plan => Assert.NotNull(plan.Facts.Evidence));
    }

    [Fact]
    public void ManifestOfAnotherPlanner_IsPlannedAfreshFromItsEvidence()
    {
        var model = Model(new TestFile("x.espalier.json", ManifestText.For(Sources.LeNet300, planner: Planner.Version + 1)));
        Assert.NotNull(model.Artifact);
        Assert.All(model.Plans, plan => Assert.Equal(Planner.Plan(plan.Facts), plan));
        Assert.All(model.Plans, plan => Assert.NotNull(plan.Facts.Evidence));
    }

    [Theory]
    [InlineData("rows=", "rows=9")]
    [InlineData("depth=", "depth=3")]
    public void KernelThatThePlannerWouldNotOffer_IsPlannedAfresh(string old, string @new) =>
        Assert.All(Model(new TestFile("x.espalier.json", s_whole.Replace(old, @new))).Plans, plan => Assert.Equal(Planner.Plan(plan.Facts), plan));

    [Theory]
    [InlineData(null, "No artifact was saved for Digits.LeNet300 yet.")]
    [InlineData("", "There is no blob beside LeNet300.espalier.json.")]
    [InlineData("0000", "The blob beside LeNet300.espalier.json is not the one that it was saved with.")]
    public void ModelWithoutArtifact_SaysWhy(string? hash, string because)
    {
        var model = hash is null ? Model() : Model(new TestFile("/a/LeNet300.espalier.json", s_whole, hash));
        Assert.Null(model.Artifact);
        Assert.Equal(because, model.MissingBecause);
    }

    [Fact]
    public void ChangedAnnotation_PlansFromTheAttributesAndNamesIt()
    {
        var changed = Sources.LeNet300.Replace("Prune(0.92)", "Prune(0.95)");
        var run = new GeneratorHarness(TestCompilation.Of(changed), new TestFile("LeNet300.espalier.json", s_whole));
        var model = Assert.Single(run.Values<ModelTarget>(TrackingNames.ModelTargets));
        Assert.Null(model.Artifact);
        Assert.Equal(
            "LeNet300.espalier.json does not match the annotations of 0/Hidden1: it says Prune(0.92,Gradual), they say Prune(0.95,Gradual).", model.MissingBecause);
        Assert.All(model.Plans, plan => Assert.Null(plan.Facts.Evidence));
    }

    [Fact]
    public void UnreadableFileWithTheModelsName_IsTheReason() =>
        Assert.StartsWith("LeNet300.espalier.json cannot be read as a manifest: ", Model(new TestFile("/a/LeNet300.espalier.json", "{")).MissingBecause);

    private static Manifest Read(string text) => ManifestReader.Read("file", text, null, default);

    private static ModelTarget Model(params TestFile[] files) =>
        Assert.Single(new GeneratorHarness(TestCompilation.Of(Sources.LeNet300), files).Values<ModelTarget>(TrackingNames.ModelTargets));
}
