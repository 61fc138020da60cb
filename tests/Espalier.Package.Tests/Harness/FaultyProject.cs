using System.Security.Cryptography;

namespace Espalier.Package.Tests;

/// <summary>One project with a fault of each kind: in classes, in manifests and blobs, and in how it is published.</summary>
internal static class FaultyProject
{
    private const string Classes = """
        namespace N;
        using Espalier;
        using static Espalier.Precision;

        [Dense(3, 4)] public class NotPartial;
        [Dense(3, 4), Relu, Tanh] public partial class TwoActivations;
        [Prune(0.5)] public partial class NoLayer;
        [Sequential] public partial class NoLayers;

        [Dense(0, 4)] public partial class NoInputs;
        [Dense(3, 4)] public partial class First;
        [Dense(5, 2)] public partial class Second;
        [Sequential(typeof(First), typeof(Second))] public partial class DoesNotFit;

        [Dense(3, 4), Quantize(Int4), Codebook(64)] public partial class ManyClusters;
        [Dense(3, 4), Prune(1.5)] public partial class AllPruned;
        [Dense(3, 4), Codebook(300)] public partial class NoByte;

        [Dense(64, 128), Relu, Quantize(Int8), Prune(0.9), Codebook(16)] public partial class Hidden;
        [Sequential(typeof(Hidden))] public partial class Untrained;
        [Sequential(typeof(Hidden))] public partial class Stale;
        [Sequential(typeof(Hidden))] public partial class Coming;
        [Sequential(typeof(Hidden))] public partial class Blobless;
        [Sequential(typeof(Hidden))] public partial class Swapped;
        [Sequential(typeof(Hidden))] public partial class Twice;
        [Sequential(typeof(Hidden))] public partial class Older;
        [Sequential(typeof(Hidden))] public partial class Wordy;
        [Sequential(typeof(Hidden)), AccuracyFloor(0.99)] public partial class Poor;
        [Sequential(typeof(Hidden)), AccuracyFloor(98)] public partial class Percent;
        [Sequential(typeof(Hidden))] public partial class Fitting;
        """;

    private const string Definition = "Dense(64,128) Bias=True Relu Quantize(Int8,Inputs=Int8,Outputs=Int8,Accumulators=Int32,PerChannel=False) Prune(0.9,Gradual) Codebook(16,Int8)";

    /// <summary>What the project sets; the build and the analyzers in memory get the same.</summary>
    public static readonly (string Name, string Value)[] Properties = [("PublishAot", "true"), ("EspalierArtifactBudget", "999")];

    /// <summary>Rules that must be among those found, whatever rules there are beside them.</summary>
    public static readonly string[] Rules =
    [
        "ESP0101", "ESP0105", "ESP0106", "ESP0111", "ESP0201", "ESP0202", "ESP0304", "ESP0401", "ESP0501", "ESP0701", "ESP0702", "ESP0703", "ESP0704",
        "ESP0705", "ESP0706", "ESP0707", "ESP0708", "ESP0709", "ESP0710", "ESP0712", "ESP0713", "ESP0714", "ESP0801",
    ];

    public static void Write(StrangerFolder stranger, string folder, IEnumerable<string> informative)
    {
        stranger.Write(folder + "/Faulty.csproj", StrangerSources.Project("Library", """<PackageReference Include="Espalier" Version="0.1.0" />"""));
        stranger.Write(folder + "/Classes.cs", Classes);

        // A build prints no mere information.
        stranger.Write(folder + "/.globalconfig", "is_global = true\n" + string.Concat(informative.Select(id => $"dotnet_diagnostic.{id}.severity = warning\n")));

        Pair("Stale", Manifest("Stale", Definition.Replace("0.9,", "0.5,")));
        Pair("Blobless", Manifest("Blobless"), blob: null);
        Pair("Swapped", Manifest("Swapped"), blob: [9, 9]);
        Pair("Twice", Manifest("Twice"));
        Pair("TwiceAgain", Manifest("Twice"));
        Pair("Older", Manifest("Older", planner: 1, kernels: "\"Avx2 DenseInt8 rows=32 slots=4 window=0 depth=1 cycles=9999 | as recorded\""));
        Pair("Wordy", Manifest("Wordy", note: new string('x', 70_000)));
        Pair("Poor", Manifest("Poor"));
        Pair("Percent", Manifest("Percent"));
        Pair("Fitting", Manifest("Fitting", bytes: 999));
        Pair("Gone", Manifest("Gone"));
        stranger.Write(folder + "/Broken.espalier.json", "{ \"format\": ");
        stranger.Write(folder + "/Future.espalier.json", Manifest("Coming").Replace("\"format\": 1", "\"format\": 9"));

        void Pair(string stem, string manifest, byte[]? blob = null)
        {
            stranger.Write($"{folder}/{stem}.espalier.json", manifest);
            if (stem != "Blobless")
            {
                File.WriteAllBytes(stranger.At($"{folder}/{stem}.espalier.bin"), blob ?? Blob);
            }
        }
    }

    private static byte[] Blob => [1, 2, 3];

    private static string Manifest(string model, string definition = Definition, int? planner = null, string kernels = "", string note = "", int bytes = 1000) => $$"""
        {
          "format": 1,
          "planner": {{planner ?? 1_000}},
          "model": "N.{{model}}",
          "note": "{{note}}",
          "bytes": {{bytes}},
          "denseBytes": 33280,
          "sha256": "{{Convert.ToHexString(SHA256.HashData(Blob))}}",
          "validationAccuracy": 0.5,
          "layers": [ { "path": "0/Hidden", "definition": "{{definition}}", "bytes": 900, "nonzeros": 800, "evidence": "density=0.1 denseDepth=1 schedules=", "centroids": [-127, 0, 127], "kernels": [{{kernels}}] } ]
        }
        """;
}
