using System.Buffers.Binary;
using System.IO.Compression;

namespace Mnist;

/// <summary>Reads the IDX format of the MNIST files (LeCun, Cortes and Burges), as they are or gzipped.</summary>
internal static class IdxReader
{
    private const int UnsignedBytes = 0x08;
    private const int FirstOfGzip = 0x1F;

    /// <summary>The array's lengths, and its bytes.</summary>
    /// <param name="path">The file; its first byte says whether it is gzipped, whatever its name.</param>
    /// <param name="dimensions">How many lengths it must have.</param>
    /// <exception cref="InvalidDataException">The file is no IDX file of bytes with so many lengths, or holds more or fewer bytes than it says.</exception>
    public static (int[] Lengths, byte[] Bytes) Read(string path, int dimensions)
    {
        using var file = File.OpenRead(path);
        var isPacked = file.ReadByte() == FirstOfGzip;
        file.Position = 0;
        using Stream stream = isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
        try
        {
            var lengths = Lengths(stream, path, dimensions);
            var count = lengths.Aggregate(1L, (product, length) => length >= 0 && product <= Array.MaxLength ? product * length : long.MaxValue);
            if (count > Array.MaxLength)
            {
                throw Damaged(path, $"says that it holds {string.Join(" x ", lengths)} bytes");
            }

            var bytes = Bytes(stream, count);
            return bytes.Length == count
                ? (lengths, bytes)
                : throw Damaged(path, $"should hold {string.Join(" x ", lengths)} bytes, but holds {(bytes.Length > count ? "more" : $"{bytes.Length}")}");
        }
        catch (EndOfStreamException)
        {
            throw Damaged(path, "is cut short");
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            // The stream's own, which names no file.
            throw Damaged(path, "is a gzip file that cannot be unpacked");
        }
    }

    private static int[] Lengths(Stream stream, string path, int dimensions)
    {
        var header = new byte[4 + (4 * dimensions)];
        stream.ReadExactly(header.AsSpan(0, 4));
        if (header[0] != 0 || header[1] != 0 || header[2] != UnsignedBytes || header[3] != dimensions)
        {
            throw Damaged(path, $"starts with {Convert.ToHexString(header.AsSpan(0, 4))}, which is not that of an IDX file of bytes with {dimensions} lengths");
        }

        stream.ReadExactly(header.AsSpan(4));
        return [.. Enumerable.Range(0, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + (4 * i))))];
    }

    /// <summary>What is there, but one byte more than wanted at most: a header can lie, so memory grows with the file, and a small file can unpack to any length.</summary>
    private static byte[] Bytes(Stream stream, long wanted)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while (bytes.Length <= wanted && (read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, wanted + 1 - bytes.Length))) > 0)
        {
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static InvalidDataException Damaged(string path, string what) => new($"{path} {what}. Download it again, or give another folder with --data FOLDER.");
}
