using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Espalier.Corpus.Tests;

/// <summary>Artifacts that fit and could be better: kernels of an older planner, and more bytes than there is a budget for.</summary>
internal static class BudgetSeeders
{
    public static readonly Seeder[] All = [.. Planners, .. Literals, .. Bytes];

    private static Seeder[] Planners =>
    [
        new("ESP0712", "a dense kernel of an older planner", spot => OldKernel(spot, "Avx2", "DenseInt8 rows=1 slots=4 window=0 depth=1")),
        new("ESP0712", "a float kernel of an older planner", spot => OldKernel(spot, "Avx512Vbmi", "DenseFp32 rows=1 slots=1 window=0 depth=0")),
        new("ESP0712", "windows of an older planner", spot => OldKernel(spot, "Ssse3", "WindowedLaneSlices rows=1 slots=4 window=16 depth=1")),
        new("ESP0712", "Arm's kernel of an older planner", spot => OldKernel(spot, "AdvSimdDp", "DenseInt8 rows=1 slots=4 window=0 depth=0")),
        new("ESP0712", "a chain's kernel of an older planner", spot => OldKernel(spot, "Portable", "SparseFp32 rows=1 slots=1 window=256 depth=0")) { Layers = 2 },
    ];

    private static Seeder[] Literals =>
    [
        new("ESP0713", "more centroids than literals may be", spot => Centroids(spot, 4097)),
        new("ESP0713", "many more centroids", spot => Centroids(spot, 6000)),
        new("ESP0713", "centroids of a chain", spot => Centroids(spot, 5000)) { Layers = 2 },
        new("ESP0713", "a long note in a manifest", spot => Insert(spot, $"\"note\": \"{new string('n', 70_000)}\",")),
        new("ESP0713", "a manifest of empty lines", spot => Insert(spot, new string('\n', 66_000))),
        new("ESP0713", "letters of two bytes", spot => Insert(spot, $"\"note\": \"{new string('ä', 33_000)}\",")),
    ];

    private static Seeder[] Bytes =>
    [
        new("ESP0714", "a byte for all", MarkList) { Properties = [("build_property.EspalierArtifactBudget", "1")] },
        new("ESP0714", "two bytes for a chain", MarkList) { Properties = [("build_property.EspalierArtifactBudget", "2")], Layers = 2 },
        new("ESP0714", "a budget with a unit", MarkList) { Properties = [("build_property.EspalierArtifactBudget", "4 KB")] },
        new("ESP0714", "a budget of nothing", MarkList) { Properties = [("build_property.EspalierArtifactBudget", "0")] },
        new("ESP0714", "a budget below nothing", MarkList) { Properties = [("build_property.EspalierArtifactBudget", "-4096")] },
        new("ESP0714", "a byte where artifacts are required", MarkList)
        {
            Properties = [("build_property.EspalierArtifactBudget", "1"), ("build_property.EspalierRequireArtifact", "true")], Severity = DiagnosticSeverity.Error,
        },
    ];

    private static void MarkList(Spot spot) => spot.Model.Sequential = $"«{spot.Model.SequentialText}»";

    /// <summary>The first layer's kernel of a tier is one that no planner offers today, at a price that any other betters.</summary>
    private static void OldKernel(Spot spot, string tier, string kernel)
    {
        var old = spot.Manifest.With("planner", "1");
        spot.Manifests[0] = old with { Text = Once(old.Text, $"\"{tier} [^\"]*\"", $"\"{tier} {kernel} cycles=100000000 | as it was\"") };
        spot.First.IsMarked = true;
    }

    private static void Centroids(Spot spot, int count)
    {
        var list = string.Join(", ", Enumerable.Range(0, count).Select(i => (i % 255) - 127));
        spot.Manifests[0] = spot.Manifest with { Text = Once(spot.Manifest.Text, @"""centroids"": \[[^\]]*\]", $"\"centroids\": [{list}]") };
        MarkList(spot);
    }

    private static void Insert(Spot spot, string text)
    {
        spot.Manifests[0] = spot.Manifest with { Text = spot.Manifest.Text.Insert(spot.Manifest.Text.IndexOf('{') + 1, text) };
        MarkList(spot);
    }

    private static string Once(string text, string pattern, string replacement) => Regex.IsMatch(text, pattern)
        ? new Regex(pattern).Replace(text, replacement, 1)
        : throw new InvalidOperationException($"The manifest has no {pattern}:\n{text}");
}
