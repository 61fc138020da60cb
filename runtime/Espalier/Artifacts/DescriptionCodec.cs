using System;
using System.Text;
using Espalier.Coding;

namespace Espalier;

/// <summary>A layer's description in the blob: the schema of <see cref="LayerDescription"/>, so that a blob stands alone.</summary>
internal static class DescriptionCodec
{
    // More than C# has room for in a name, and than any layer kind takes: what claims more is damaged, and would fill messages.
    private const int MostTextBytes = 4096;
    private const int MostArguments = 16;

    /// <summary>The first version with pruning in groups.</summary>
    private const int GroupedVersion = 4;

    /// <returns>The format version that this layer needs.</returns>
    public static int Write(BitWriter writer, LayerDescription layer)
    {
        Text(writer, layer.Path);
        Text(writer, layer.Kind);
        writer.Number(layer.Arguments.Length);
        foreach (var argument in layer.Arguments)
        {
            writer.Number(argument);
        }

        writer.Number(layer.Inputs);
        writer.Number(layer.Outputs);
        writer.Bits(layer.Bias ? 1u : 0, 1);
        writer.Bits((uint)layer.Activation, 3);
        QuantizationBits.Write(writer, layer.Quantization);
        writer.Bits(layer.Pruning is null ? 0 : 1u, 1);
        writer.Bits(layer.Pruning?.Schedule == PruningSchedule.OneShot ? 1u : 0, 1);
        writer.Bits(layer.Codebook is null ? 0 : 1u, 1);
        writer.Bits((uint)(layer.Codebook?.CentroidPrecision ?? 0), 4);
        writer.Bits(layer.Pruning is { GroupSize: not 0 } ? 1u : 0, 1);
        writer.Align();
        if (layer.Pruning is { } pruning)
        {
            var bits = BitConverter.DoubleToUInt64Bits(pruning.Sparsity);
            writer.Bits((uint)bits, 32);
            writer.Bits((uint)(bits >> 32), 32);
            if (pruning.GroupSize != 0)
            {
                writer.Number(pruning.GroupSize);
            }
        }

        if (layer.Codebook is { } codebook)
        {
            writer.Number(codebook.Clusters);
        }

        return layer.Pruning is { GroupSize: not 0 } ? GroupedVersion : 1;
    }

    public static LayerDescription Read(BitReader reader)
    {
        var path = Text(reader);
        var kind = Text(reader);
        var count = reader.Number();
        if (count > MostArguments)
        {
            throw new MalformedBlobException($"a layer has {count} arguments");
        }

        reader.Require(8L * count);
        var arguments = new int[count];
        foreach (ref var argument in arguments.AsSpan())
        {
            argument = reader.Number();
        }

        var (inputs, outputs) = (reader.Number(), reader.Number());
        var bias = reader.Bits(1) == 1;
        var activation = (Activation)reader.Bits(3);
        var quantization = QuantizationBits.Read(reader);
        var (prunes, oneShot, shares) = (reader.Bits(1) == 1, reader.Bits(1) == 1, reader.Bits(1) == 1);
        var centroids = (Precision)reader.Bits(4);

        // 0 before version 4, where bits that fill a byte began here.
        var grouped = reader.Bits(1) == 1;
        reader.Align();
        double Sparsity() => BitConverter.UInt64BitsToDouble(reader.Bits(32) | ((ulong)reader.Bits(32) << 32));
        return new LayerDescription
        {
            Path = path,
            Kind = kind,
            Arguments = [.. arguments],
            Inputs = inputs,
            Outputs = outputs,
            Bias = bias,
            Activation = activation,
            Quantization = quantization,
            Pruning = prunes ? new PruningDescription(Sparsity(), oneShot ? PruningSchedule.OneShot : PruningSchedule.Gradual) { GroupSize = grouped ? reader.Number() : 0 } : null,
            Codebook = shares ? new CodebookDescription(reader.Number(), centroids) : null,
        };
    }

    public static void Text(BitWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Number(bytes.Length);
        foreach (var value in bytes)
        {
            writer.Byte(value);
        }
    }

    public static string Text(BitReader reader)
    {
        var length = reader.Number();
        if (length > MostTextBytes)
        {
            throw new MalformedBlobException($"a name has {length} bytes");
        }

        reader.Require(8L * length);
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)reader.Byte();
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
