using System;
using Espalier.Coding;

namespace Espalier;

/// <summary>Parts of a layer's description in version 5; one bit says that a part is absent, or as in the layer before.</summary>
internal static class DescriptionParts
{
    // Sparsities and the like are decimals of a few places: as fp64 they would take as many bytes as all the rest.
    private const int DecimalPlaces = 10_000;

    private static readonly BatchNormDescription s_usual = new();

    public static void Write(BitWriter writer, QuantizationDescription quantization, QuantizationDescription? before)
    {
        writer.Bits(quantization == before ? 1u : 0, 1);
        if (quantization != before)
        {
            QuantizationBits.Write(writer, quantization);
        }
    }

    public static QuantizationDescription ReadQuantization(BitReader reader, QuantizationDescription? before) =>
        reader.Bits(1) == 1 ? before ?? throw new MalformedBlobException("the first layer has no precisions") : QuantizationBits.Read(reader);

    public static void Write(BitWriter writer, PruningDescription? pruning)
    {
        writer.Bits(pruning is null ? 0 : 1u, 1);
        if (pruning is not null)
        {
            writer.Bits(pruning.Schedule == PruningSchedule.OneShot ? 1u : 0, 1);
            SmallNumbers.Write(writer, pruning.GroupSize);
            Share(writer, pruning.Sparsity);
        }
    }

    public static PruningDescription? ReadPruning(BitReader reader)
    {
        if (reader.Bits(1) == 0)
        {
            return null;
        }

        var schedule = reader.Bits(1) == 1 ? PruningSchedule.OneShot : PruningSchedule.Gradual;
        var groupSize = SmallNumbers.Read(reader);
        return new PruningDescription(ReadShare(reader), schedule) { GroupSize = groupSize };
    }

    public static void Write(BitWriter writer, CodebookDescription? codebook)
    {
        writer.Bits(codebook is null ? 0 : 1u, 1);
        if (codebook is not null)
        {
            writer.Bits((uint)codebook.CentroidPrecision, 4);
            SmallNumbers.Write(writer, codebook.Clusters);
        }
    }

    public static CodebookDescription? ReadCodebook(BitReader reader)
    {
        if (reader.Bits(1) == 0)
        {
            return null;
        }

        var precision = (Precision)reader.Bits(4);
        return new CodebookDescription(SmallNumbers.Read(reader), precision);
    }

    public static void Write(BitWriter writer, BatchNormDescription? normalisation)
    {
        writer.Bits(normalisation is null ? 0 : 1u, 1);
        if (normalisation is null)
        {
            return;
        }

        writer.Bits(normalisation == s_usual ? 1u : 0, 1);
        if (normalisation != s_usual)
        {
            Double(writer, normalisation.Epsilon);
            Double(writer, normalisation.Momentum);
        }
    }

    public static BatchNormDescription? ReadBatchNorm(BitReader reader) =>
        reader.Bits(1) == 0 ? null : reader.Bits(1) == 1 ? s_usual : new BatchNormDescription(Double(reader), Double(reader));

    /// <summary>A share from 0 to 1, in ten-thousandths where that is the same number.</summary>
    public static void Share(BitWriter writer, double share)
    {
        var decimals = share is >= 0 and <= 1 ? (int)Math.Round(share * DecimalPlaces) : 0;
        var isDecimal = BitConverter.DoubleToInt64Bits(decimals / (double)DecimalPlaces) == BitConverter.DoubleToInt64Bits(share);
        writer.Bits(isDecimal ? 1u : 0, 1);
        if (isDecimal)
        {
            SmallNumbers.Write(writer, decimals);
        }
        else
        {
            Double(writer, share);
        }
    }

    public static double ReadShare(BitReader reader) => reader.Bits(1) == 1 ? SmallNumbers.Read(reader) / (double)DecimalPlaces : Double(reader);

    private static void Double(BitWriter writer, double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        writer.Bits((uint)bits, 32);
        writer.Bits((uint)(bits >> 32), 32);
    }

    private static double Double(BitReader reader) => BitConverter.UInt64BitsToDouble(reader.Bits(32) | ((ulong)reader.Bits(32) << 32));
}
