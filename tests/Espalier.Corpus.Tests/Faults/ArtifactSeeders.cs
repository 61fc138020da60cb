using Microsoft.CodeAnalysis;

namespace Espalier.Corpus.Tests;

/// <summary>Mistakes in sets that were trained and saved: the artifact is a real one until it is changed here, or the code after it.</summary>
internal static class ArtifactSeeders
{
    private static readonly (string, string)[] s_required = [("build_property.EspalierRequireArtifact", "true")];

    public static readonly Seeder[] All = [.. Differences, .. Blobs, .. Texts, .. Floors, .. Models];

    private static Seeder[] Differences =>
    [
        new("ESP0701", "pruning that came later", spot =>
        {
            spot.First.Layer["Prune"] = "Prune(0.625)";
            spot.First.IsMarked = true;
        }),
        new("ESP0701", "another activation", spot =>
        {
            spot.First.Layer.Attributes.Add(spot.First.Layer["Tanh"] is null ? "Tanh" : "Sigmoid");
            spot.First.Layer.Remove([.. LayerText.Activations.Except([ClassText.NameOf(spot.First.Layer.Attributes[^1])])]);
            spot.First.IsMarked = true;
        }) { Layers = 2 },
        new("ESP0701", "other weights", spot =>
        {
            var layer = spot.Last.Layer;
            layer["Codebook"] = null;
            layer["Quantize"] = layer["Quantize"]?.Contains("Int8") == true ? "Quantize(Int4, Inputs = Int4)" : "Quantize(Int8, Inputs = Int4)";
            spot.Last.IsMarked = true;
        }),
        new("ESP0701", "one output more", spot =>
        {
            spot.Last.Layer["Dense"] = $"Dense({spot.Last.Layer.Inputs}, {spot.Last.Layer.Outputs + 1})";
            spot.Last.IsMarked = true;
        }),
        new("ESP0701", "one layer fewer", spot =>
        {
            spot.Model.Places.RemoveAt(0);
            spot.Model.Sequential = $"«{spot.Model.SequentialText}»";
        }) { Layers = 2, Also = [] },
        new("ESP0701", "another bias, where artifacts are required", spot =>
        {
            var layer = spot.First.Layer;
            layer["Dense"] = layer["Dense"]!.Contains("Bias") ? $"Dense({layer.Inputs}, {layer.Outputs})" : $"Dense({layer.Inputs}, {layer.Outputs}, Bias = false)";
            spot.First.IsMarked = true;
        }) { Properties = s_required, Severity = DiagnosticSeverity.Error },
    ];

    private static Seeder[] Blobs =>
    [
        new("ESP0702", "no blob", NoBlob),
        new("ESP0702", "no blob where artifacts are required", NoBlob) { Properties = s_required, Severity = DiagnosticSeverity.Error },
        new("ESP0702", "no blob in another folder", spot =>
        {
            NoBlob(spot);
            spot.Manifests[0] = spot.Manifest.Moved("Trained/" + Path.GetFileName(spot.Manifest.Path));
        }),
        new("ESP0702", "no blob of a model with a floor", spot =>
        {
            NoBlob(spot);
            spot.Model["AccuracyFloor"] = "AccuracyFloor(0)";
        }),
        new("ESP0702", "no blob of a chain", NoBlob) { Layers = 2 },

        new("ESP0703", "a damaged blob", spot => OtherBlob(spot, blob => blob[^1] ^= 1)),
        new("ESP0703", "a blob with a damaged head", spot => OtherBlob(spot, blob => blob[0] ^= 0x80)),
        new("ESP0703", "a blob of nothing", spot => OtherBlob(spot, Array.Clear)),
        new("ESP0703", "a damaged blob where artifacts are required", spot => OtherBlob(spot, Array.Reverse)) { Properties = s_required, Severity = DiagnosticSeverity.Error },
        new("ESP0703", "a manifest with another hash", spot =>
        {
            spot.Manifests[0] = spot.Manifest.With("sha256", $"\"{new string('0', 64)}\"");
            MarkList(spot);
        }),
    ];

    private static Seeder[] Texts =>
    [
        new("ESP0704", "an empty manifest", spot => Text(spot, _ => "")),
        new("ESP0704", "half a manifest", spot => Text(spot, text => text[..(text.Length / 2)])),
        new("ESP0704", "a manifest without a planner", spot => Text(spot, text => text.Replace("\"planner\"", "\"plan\""))),
        new("ESP0704", "a merge conflict", spot => Text(spot, text => "<<<<<<< HEAD\n" + text)),
        new("ESP0704", "layers that are a number", spot => Text(spot, text => text[..text.IndexOf("\"layers\"", StringComparison.Ordinal)] + "\"layers\": 3 }")),
        new("ESP0704", "a hash that is none, where artifacts are required", spot => spot.Manifests[0] = spot.Manifest.With("sha256", "\"abc\"") with { IsMarked = true })
        {
            Properties = s_required, Severity = DiagnosticSeverity.Error,
        },

        new("ESP0705", "the next format", spot => Format(spot, "2")),
        new("ESP0705", "a far format", spot => Format(spot, "77")),
        new("ESP0705", "the last format", spot => Format(spot, "2147483647")),
        new("ESP0705", "a new format with new fields", spot =>
        {
            Format(spot, "3");
            spot.Manifests[0] = spot.Manifest with { Text = spot.Manifest.Text.Replace("\"layers\"", "\"blocks\"") };
        }),
        new("ESP0705", "a new format where artifacts are required", spot => Format(spot, "2")) { Properties = s_required, Severity = DiagnosticSeverity.Error },
    ];

    private static Seeder[] Floors =>
    [
        new("ESP0706", "just below the floor", spot => Below(spot, "0.974999", "«AccuracyFloor(0.975)»")),
        new("ESP0706", "right never", spot => Below(spot, "0", "«AccuracyFloor(0.01)»")),
        new("ESP0706", "not perfect", spot => Below(spot, "0.999", "«AccuracyFloor(1)»")),
        new("ESP0706", "below the floor where artifacts are required", spot => Below(spot, "0.5", "«AccuracyFloor(accuracy: 0.9)»"))
        {
            Properties = s_required, Severity = DiagnosticSeverity.Error,
        },
        new("ESP0706", "below the project's floor", spot =>
        {
            Below(spot, "0.5", null);
            MarkList(spot);
        }) { Properties = [("build_property.EspalierAccuracyFloor", "0.9")] },

        new("ESP0710", "a percentage", spot => spot.Model["AccuracyFloor"] = "AccuracyFloor(«97.5»)"),
        new("ESP0710", "less than none", spot => spot.Model["AccuracyFloor"] = "AccuracyFloor(«-0.5»)"),
        new("ESP0710", "no number", spot => spot.Model["AccuracyFloor"] = "AccuracyFloor(«double.NaN»)"),
        new("ESP0710", "just above all", spot => spot.Model["AccuracyFloor"] = "AccuracyFloor(«accuracy: 1.0000001»)"),
        new("ESP0710", "a percentage of the project", MarkList) { Properties = [("build_property.EspalierAccuracyFloor", "98 %")] },
    ];

    private static Seeder[] Models =>
    [
        new("ESP0707", "a model that was renamed", spot =>
        {
            spot.Model.Name = spot.NewName("Renamed");
            spot.Manifests[0] = spot.Manifest with { IsMarked = true };
        }),
        new("ESP0707", "a manifest of a stranger", spot => spot.Manifests.Add(Stranger(spot, "Elsewhere.Net"))),
        new("ESP0707", "a manifest of a framework type", spot => spot.Manifests.Add(Stranger(spot, "System.String"))),
        new("ESP0707", "a manifest of a layer", spot => spot.Manifests.Add(Stranger(spot, (spot.Set.Namespace.Length > 0 ? spot.Set.Namespace + "." : "") + spot.Layer.Reference.Replace('.', '+')))),
        new("ESP0707", "a manifest of a model in lower case", spot => spot.Manifests.Add(Stranger(spot, spot.Set.MetadataName(spot.Model).ToLowerInvariant()))),

        new("ESP0708", "no manifest", NoManifest),
        new("ESP0708", "no manifest of a chain", NoManifest) { Layers = 2 },
        new("ESP0708", "a manifest of another ending", spot =>
        {
            NoManifest(spot);
            spot.Manifests.Add(new ManifestOnDisk(WrittenSet.FolderOf(spot.Set.Seed) + "Net.json", "{}", []));
        }),
        new("ESP0708", "no manifest where artifacts are required", NoManifest) { Properties = s_required, Severity = DiagnosticSeverity.Error },
        new("ESP0708", "a manifest of the old name", spot =>
        {
            spot.Model.Name = spot.NewName("Renamed");
            MarkList(spot);
        }) { Also = ["ESP0707"] },

        new("ESP0709", "a copy in another folder", spot => spot.Manifests.Add(spot.Manifest.Moved("Old/Net.espalier.json") with { IsMarked = true })),
        new("ESP0709", "a copy beside it", spot => spot.Manifests.Add(spot.Manifest.Moved("Copy.espalier.json") with { IsMarked = true })),
        new("ESP0709", "an older one", spot => spot.Manifests.Add(spot.Manifest.With("validationAccuracy", "0.125").Moved("Old/Net.espalier.json") with { IsMarked = true })),
        new("ESP0709", "a copy without a blob", spot => spot.Manifests.Add(spot.Manifest.Moved("Old/Net.espalier.json") with { IsMarked = true, BlobHash = "" })),
        new("ESP0709", "a copy where artifacts are required", spot => spot.Manifests.Add(spot.Manifest.Moved("A/Net.espalier.json") with { IsMarked = true }))
        {
            Properties = s_required, Severity = DiagnosticSeverity.Error,
        },
    ];

    private static void MarkList(Spot spot) => spot.Model.Sequential = $"«{spot.Model.SequentialText}»";

    private static void NoBlob(Spot spot)
    {
        spot.Manifests[0] = spot.Manifest with { BlobHash = "" };
        MarkList(spot);
    }

    private static void OtherBlob(Spot spot, Action<byte[]> change)
    {
        spot.Manifests[0] = spot.Manifest.WithBlob(change);
        MarkList(spot);
    }

    private static void Text(Spot spot, Func<string, string> change) => spot.Manifests[0] = spot.Manifest with { Text = change(spot.Manifest.Text), IsMarked = true };

    private static void Format(Spot spot, string format) => spot.Manifests[0] = spot.Manifest.With("format", format) with { IsMarked = true };

    private static void Below(Spot spot, string accuracy, string? floor)
    {
        spot.Manifests[0] = spot.Manifest.With("validationAccuracy", accuracy);
        spot.Model["AccuracyFloor"] = floor;
    }

    private static ManifestOnDisk Stranger(Spot spot, string model) =>
        spot.Manifest.With("model", $"\"{model}\"").Moved("Stranger.espalier.json") with { IsMarked = true };

    private static void NoManifest(Spot spot)
    {
        spot.Manifests.Clear();
        MarkList(spot);
    }
}
