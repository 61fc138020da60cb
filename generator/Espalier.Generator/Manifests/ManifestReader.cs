using System;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Threading;
using System.Xml;
using System.Xml.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Manifests;

/// <summary>
/// Reads a manifest's text. Whatever the text, the answer comes in bounded time and memory and is a value: a text that is no manifest
/// gives one with a <see cref="Manifest.Problem"/>.
/// </summary>
internal static class ManifestReader
{
    /// <summary>The format that this generator understands.</summary>
    public const int Format = 1;

    /// <summary>Characters; a thousand layers take a quarter of that.</summary>
    public const int MostCharacters = 4 << 20;

    private const int MostDepth = 8;

    public static Manifest Read(string file, string? text, string? blobHash, CancellationToken cancellation)
    {
        if (text is null)
        {
            return Unreadable(file, blobHash, "the file cannot be read");
        }

        if (text.Length > MostCharacters)
        {
            return Unreadable(file, blobHash, $"it has {text.Length} characters and a manifest has {MostCharacters} at most");
        }

        if (!JsonBrackets.AreClosed(text))
        {
            return Unreadable(file, blobHash, "it is no complete JSON object");
        }

        try
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            return Read(file, Parse(bytes), blobHash) with { TextBytes = bytes.Length };
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return Unreadable(file, blobHash, FirstLine(problem.Message));
        }
    }

    private static Manifest Read(string file, XElement root, string? blobHash)
    {
        var format = (int)root.Number("format", 1, int.MaxValue);
        if (format != Format)
        {
            return Unreadable(file, blobHash, null) with { Format = format, Model = root.Text("model") };
        }

        return new Manifest(
            file,
            null,
            format,
            (int)root.Number("planner", 0, int.MaxValue),
            root.Text("model"),
            root.Sha256(),
            blobHash,
            root.Number("bytes", 0, long.MaxValue),
            root.Number("denseBytes", 0, long.MaxValue),
            root.Share("validationAccuracy"),
            root.List("layers").Select(ManifestLayerReader.Read).ToEquatableArray());
    }

    private static XElement Parse(byte[] text)
    {
        var quotas = new XmlDictionaryReaderQuotas
        {
            MaxDepth = MostDepth,
            MaxStringContentLength = MostCharacters,
            MaxArrayLength = MostCharacters,
            MaxBytesPerRead = MostCharacters,
            MaxNameTableCharCount = MostCharacters,
        };
        using var reader = JsonReaderWriterFactory.CreateJsonReader(text, quotas);
        return XElement.Load(reader);
    }

    private static Manifest Unreadable(string file, string? blobHash, string? problem) =>
        new(file, problem, 0, 0, "", "", blobHash, 0, 0, null, EquatableArray<ManifestLayer>.Empty);

    private static string FirstLine(string message) => message.Split('\r', '\n')[0].TrimEnd('.');
}
