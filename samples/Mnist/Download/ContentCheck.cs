using System.IO.Compression;
using System.Security.Cryptography;

namespace Mnist.Download;

/// <summary>Compares a gzipped file with what it must hold.</summary>
internal static class ContentCheck
{
    /// <summary>What is wrong with the file; null when its contents are the ones wanted.</summary>
    public static async Task<string?> FaultAsync(string path, RemoteFile wanted, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await using var contents = new GZipStream(file, CompressionMode.Decompress);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[1 << 16];
            var bytes = 0L;
            int read;

            // A small file can unpack to any length: no more is unpacked than is wanted.
            while (bytes <= wanted.Bytes && (read = await contents.ReadAsync(buffer, cancellation)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                bytes += read;
            }

            if (bytes != wanted.Bytes)
            {
                return $"it unpacks to {(bytes > wanted.Bytes ? "more than" : $"{bytes:#,0} bytes instead of")} {wanted.Bytes:#,0} bytes";
            }

            var found = Convert.ToHexString(hash.GetCurrentHash());
            return string.Equals(found, wanted.Sha256, StringComparison.OrdinalIgnoreCase) ? null : $"its contents have the SHA-256 hash {found} instead of {wanted.Sha256}";
        }
        catch (InvalidDataException)
        {
            return "it is no gzip file";
        }
    }
}
