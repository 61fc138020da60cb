using System;

namespace Espalier.Coding;

/// <summary>A layer's weights by adaptive coding: what is known before as numbers, the length, then the stream of the range coder.</summary>
internal static class RangeCodedWeights
{
    // Four trials of so many weights take a tenth of a second.
    private const int MostTried = 1 << 20;

    // Of a codebook, whose indices are bytes.
    private const int MostRanks = 255;

    /// <summary>Numbers and stream.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="ranks">By output, then input; from −255 to 255.</param>
    /// <param name="rows">Outputs.</param>
    /// <param name="hints">Distances at which columns may be neighbours.</param>
    public static void Write(BitWriter writer, short[] ranks, int rows, ReadOnlySpan<int> hints = default)
    {
        var (shape, stream) = Encode(ranks, rows, hints);
        writer.Number(shape.Positive);
        writer.Number(shape.Negative);
        writer.Number(shape.Nonzeros);
        writer.Number(shape.Period);
        writer.Number(stream.Length);
        foreach (var value in stream)
        {
            writer.Byte(value);
        }
    }

    /// <summary>Reads as many ranks as the array has room for.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="ranks">Zeros, by output, then input.</param>
    /// <param name="rows">Outputs.</param>
    /// <param name="positive">The largest rank that there is.</param>
    /// <param name="negative">The magnitude of the lowest rank that there is.</param>
    /// <exception cref="MalformedBlobException">What is read is not what was written.</exception>
    public static void Read(BitReader reader, Span<short> ranks, int rows, int positive, int negative)
    {
        var shape = new WeightShape(rows, rows == 0 ? 0 : ranks.Length / rows, reader.Number(), reader.Number(), reader.Number(), reader.Number());
        if (shape.Positive > Math.Min(positive, MostRanks) || shape.Negative > Math.Min(negative, MostRanks))
        {
            throw new MalformedBlobException("a weight names a centroid that does not exist");
        }

        if (shape.Nonzeros > ranks.Length || (shape.Nonzeros > 0 && shape.Positive + shape.Negative == 0) || shape.Period > Math.Max(0, shape.Columns - 1))
        {
            throw new MalformedBlobException("a layer's numbers do not fit together");
        }

        var length = reader.Number();
        reader.Require(8L * length);
        var stream = new byte[length];
        foreach (ref var value in stream.AsSpan())
        {
            value = (byte)reader.Byte();
        }

        var decoder = new RangeDecoder(stream);
        WeightModel.Code(ref decoder, shape, ranks);
        if (!decoder.AtEnd)
        {
            throw new MalformedBlobException("more follows than belongs there");
        }
    }

    /// <summary>Bits that places and values take, as far as they can be told apart.</summary>
    public static (double Places, double Values) Measure(short[] ranks, int rows, ReadOnlySpan<int> hints = default)
    {
        var places = Array.ConvertAll(ranks, rank => (short)(rank == 0 ? 0 : 1));
        var shape = Encode(ranks, rows, hints).Shape;
        var (all, mask) = (Bits(shape, ranks), Bits(shape with { Positive = Math.Min(1, shape.Nonzeros), Negative = 0 }, places));
        return (mask, Math.Max(0, all - mask));
    }

    /// <summary>The shortest stream that any of the periods gives; those of large layers are tried on their first rows.</summary>
    private static (WeightShape Shape, byte[] Stream) Encode(ReadOnlySpan<short> ranks, int rows, ReadOnlySpan<int> hints)
    {
        var columns = rows == 0 ? 0 : ranks.Length / rows;
        var tried = Math.Min(rows, Math.Max(1, MostTried / Math.Max(1, columns)));
        var part = ranks[..(tried * columns)];
        (WeightShape Shape, byte[] Stream)? best = null;
        foreach (var period in NeighbourPeriods.Of(part, columns, hints))
        {
            var encoded = Encode(part, tried, period);
            best = best is { } shortest && shortest.Stream.Length <= encoded.Stream.Length ? shortest : encoded;
        }

        return tried == rows ? best!.Value : Encode(ranks, rows, best!.Value.Shape.Period);
    }

    private static (WeightShape Shape, byte[] Stream) Encode(ReadOnlySpan<short> ranks, int rows, int period)
    {
        var (positive, negative, nonzeros) = (0, 0, 0);
        foreach (var rank in ranks)
        {
            (positive, negative) = (Math.Max(positive, rank), Math.Max(negative, -rank));
            nonzeros += rank != 0 ? 1 : 0;
        }

        var shape = new WeightShape(rows, rows == 0 ? 0 : ranks.Length / rows, positive, negative, nonzeros, period);
        var encoder = new RangeEncoder();

        // An encoder writes every rank over itself, so the copy is only for the type's sake.
        WeightModel.Code(ref encoder, shape, ranks.ToArray());
        return (shape, encoder.Finish());
    }

    private static double Bits(WeightShape shape, short[] ranks)
    {
        var meter = new CodeLengthMeter();
        WeightModel.Code(ref meter, shape, ranks);
        return meter.Bits;
    }
}
