using System.IO.Compression;
using System.Security.Cryptography;
using Mnist.Download;

namespace Espalier.Samples.Tests.Harness;

/// <summary>Contents and their gzip file.</summary>
internal sealed record Packed(string Name, byte[] Contents)
{
    public byte[] File { get; } = Gzip(Contents);

    public RemoteFile Remote => new(Name, Contents.Length, Convert.ToHexString(SHA256.HashData(Contents)));

    /// <summary>Bytes that do not pack well, so that a file travels in several pieces.</summary>
    public static Packed Noise(string name, int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return new Packed(name, bytes);
    }

    public static byte[] Gzip(byte[] contents)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(contents);
        }

        return target.ToArray();
    }
}
