using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Package.Tests;

/// <summary>The package's analyzers run in this process over a stranger's files, without any build: what they find is what a build must show.</summary>
internal static class PackedAnalyzers
{
    private const string ManifestEnding = ".espalier.json";

    /// <summary>Every analyzer in the package.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Load(PackedLibrary library, StrangerFolder stranger) =>
    [
        .. Assembly.LoadFrom(Extract(library, stranger, "analyzers/dotnet/cs/Espalier.Generator.dll")).GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type, nonPublic: true)!),
    ];

    /// <summary>What analyzers find in the C# files and manifests of a folder.</summary>
    public static async Task<Finding[]> Run(PackedLibrary library, StrangerFolder stranger, ImmutableArray<DiagnosticAnalyzer> analyzers, string folder, params (string Name, string Value)[] properties)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compilation = CSharpCompilation.Create(
            "InMemory",
            Directory.GetFiles(stranger.At(folder), "*.cs").Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file)),
            Directory.GetFiles(framework, "System*.dll").Where(IsManaged).Append(Extract(library, stranger, "lib/net10.0/Espalier.dll")).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var manifests = Directory.GetFiles(stranger.At(folder), "*" + ManifestEnding).Order(StringComparer.Ordinal).Select(file => new Manifest(file)).ToArray();
        var options = new AnalyzerOptions([.. manifests], new Properties([.. properties, ("NETCoreSdkRuntimeIdentifier", RuntimeInformation.RuntimeIdentifier)]));
        var found = await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync();
        return [.. found.Select(Finding.Of).Order()];
    }

    private static string Extract(PackedLibrary library, StrangerFolder stranger, string entry)
    {
        var file = stranger.At(Path.Combine("..", "extracted", entry));
        if (!File.Exists(file))
        {
            using var package = ZipFile.OpenRead(library.PackageFile);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            package.GetEntry(entry)!.ExtractToFile(file);
        }

        return Path.GetFullPath(file);
    }

    private static bool IsManaged(string file)
    {
        using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return image.HasMetadata;
    }

    /// <summary>A manifest and the hash that the build would measure of its blob.</summary>
    private sealed class Manifest(string path) : AdditionalText
    {
        public override string Path => path;

        public string BlobHash
        {
            get
            {
                var blob = path[..^".json".Length] + ".bin";
                return File.Exists(blob) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(blob))) : "";
            }
        }

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path));
    }

    private sealed class Properties(params (string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties.ToDictionary(property => "build_property." + property.Name, property => property.Value));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            new Values(new Dictionary<string, string> { ["build_metadata.AdditionalFiles.EspalierBlobHash"] = ((Manifest)textFile).BlobHash });

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
