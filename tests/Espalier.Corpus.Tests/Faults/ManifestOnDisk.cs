using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Espalier.Corpus.Tests;

/// <summary>A manifest as a project holds it, with what its build says of the blob beside it.</summary>
internal sealed record ManifestOnDisk(string Path, string Text, byte[] Blob)
{
    /// <summary>The hash that the build measured; empty when there is no blob.</summary>
    public string BlobHash { get; init; } = Convert.ToHexString(SHA256.HashData(Blob));

    /// <summary>Whether a rule must show its mistake in the file.</summary>
    public bool IsMarked { get; init; }

    public TestFile File => new(Path, Text, BlobHash);

    /// <summary>The same file with a number of its top changed, e.g. <c>format</c>.</summary>
    public ManifestOnDisk With(string name, string value)
    {
        var pattern = new Regex($"\"{name}\": [^,]+,");
        return pattern.IsMatch(Text)
            ? this with { Text = pattern.Replace(Text, $"\"{name}\": {value},", 1) }
            : throw new InvalidOperationException($"The manifest has no {name}:\n{Text}");
    }

    public ManifestOnDisk Moved(string path) => this with { Path = System.IO.Path.GetDirectoryName(Path) + "/" + path };

    /// <summary>The build finds another blob.</summary>
    public ManifestOnDisk WithBlob(Action<byte[]> change)
    {
        var other = Blob.ToArray();
        change(other);
        return this with { BlobHash = Convert.ToHexString(SHA256.HashData(other)) };
    }

    public override string ToString() => $"// {Path}, blob {BlobHash}\n{Text[..Math.Min(Text.Length, 600)]}";
}
