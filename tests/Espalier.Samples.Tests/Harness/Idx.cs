using System.Buffers.Binary;

namespace Espalier.Samples.Tests.Harness;

/// <summary>Writes the IDX format.</summary>
internal static class Idx
{
    public static byte[] Of(int[] lengths, byte[] bytes)
    {
        var file = new byte[4 + (4 * lengths.Length) + bytes.Length];
        file[2] = 0x08;
        file[3] = (byte)lengths.Length;
        for (var i = 0; i < lengths.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * i)), lengths[i]);
        }

        bytes.CopyTo(file, 4 + (4 * lengths.Length));
        return file;
    }
}
