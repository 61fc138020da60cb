using System.Buffers.Binary;
using System.IO.Compression;

namespace Mnist;

/// <summary>Reads the IDX format of the MNIST files (LeCun, Cortes and Burges), as they are or gzipped.</summary>
internal static class IdxReader
{
    private const int UnsignedBytes = 0x08;

    /// <summary>The array's lengths, and its bytes.</summary>
    /// <param name="path">The file; gzipped when its name ends in .gz.</param>
    /// <param name="dimensions">How many lengths it must have.</param>
    /// <exception cref="InvalidDataException">The file is no IDX file of bytes with so many lengths, or is cut short.</exception>
    public static (int[] Lengths, byte[] Bytes) Read(string path, int dimensions)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        try
        {
            var header = new byte[4 + (4 * dimensions)];
            stream.ReadExactly(header);
            if (header[0] != 0 || header[1] != 0 || header[2] != UnsignedBytes || header[3] != dimensions)
            {
                throw new InvalidDataException($"{path} starts with {Convert.ToHexString(header.AsSpan(0, 4))}, which is not that of an IDX file of bytes with {dimensions} lengths.");
            }

            var lengths = Enumerable.Range(0, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + (4 * i)))).ToArray();
            var count = lengths.Aggregate(1L, (product, length) => length >= 0 && product <= Array.MaxLength ? product * length : long.MaxValue);
            if (count > Array.MaxLength)
            {
                throw new InvalidDataException($"{path} says that it holds {string.Join(" x ", lengths)} bytes.");
            }

            // A header can lie: memory grows with what is really there.
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.Length == count
                ? (lengths, bytes.ToArray())
                : throw new InvalidDataException($"{path} should hold {string.Join(" x ", lengths)} bytes, but holds {bytes.Length}.");
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{path} is cut short.");
        }
    }
}
