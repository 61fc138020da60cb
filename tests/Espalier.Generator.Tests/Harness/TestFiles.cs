using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Generator.Tests;

/// <summary>An additional file and the hash that the build measured for its blob; null when the build says nothing.</summary>
internal sealed class TestFile(string path, string text, string? blobHash = null) : AdditionalText
{
    public override string Path => path;

    public string? BlobHash => blobHash;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}

/// <summary>Build properties and item metadata as the compiler hands them to generators and analyzers.</summary>
internal sealed class TestOptions(params (string Key, string Value)[] properties) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties.ToImmutableDictionary(p => p.Key, p => p.Value));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(
        textFile is TestFile { BlobHash: { } hash }
            ? ImmutableDictionary<string, string>.Empty.Add("build_metadata.AdditionalFiles.EspalierBlobHash", hash)
            : ImmutableDictionary<string, string>.Empty);

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
