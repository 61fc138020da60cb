using System;
using System.Linq;
using System.Runtime.InteropServices;
using Espalier.Coding;

namespace Espalier;

/// <summary>A layer's weights in the blob: biases, grids and scales, centroids, then the coded weights. Decodes to the same bits.</summary>
internal static class LayerCodec
{
    /// <summary>Writes a layer's weights, each in the form that suits the goal.</summary>
    /// <param name="writer">Where to; at a whole byte.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="goal">What to choose by.</param>
    /// <param name="grids">The grids beside the layer.</param>
    /// <returns>The oldest version of the format that has what was written.</returns>
    public static int Write(BitWriter writer, LayerWeights weights, CodingGoal goal, IGridPair grids)
    {
        if (weights is WeightlessLayerWeights weightless)
        {
            if (weightless.OutputGrid is { } grid)
            {
                grids.WriteOutput(writer, grid);
            }

            return 1;
        }

        var onGrid = CodedBiases.Write(writer, weights.Bias, goal);
        var adaptive = weights is IntegerLayerWeights integer ? WriteInteger(writer, integer, goal, grids) : WriteFloats(writer, (FloatLayerWeights)weights, goal);
        return onGrid ? 3 : adaptive ? 2 : 1;
    }

    /// <param name="reader">Where from; at a whole byte.</param>
    /// <param name="layer">The model's own description: what is allocated follows from it alone.</param>
    /// <param name="grids">The grids beside the layer.</param>
    public static LayerWeights Read(BitReader reader, LayerDescription layer, IGridPair grids)
    {
        if (!layer.HasWeights)
        {
            return new WeightlessLayerWeights(layer, layer.Kind == Planning.LayerKinds.Addition && grids.HasOutput ? grids.ReadOutput(reader) : null);
        }

        var bias = CodedBiases.Read(reader, layer.Bias ? layer.WeightRows : 0);
        return layer.IsInteger ? ReadInteger(reader, layer, bias, grids) : ReadFloats(reader, layer, bias);
    }

    private static bool WriteInteger(BitWriter writer, IntegerLayerWeights weights, CodingGoal goal, IGridPair grids)
    {
        grids.WriteInput(writer, weights.InputGrid);
        writer.Byte((weights.OutputGrid is null ? 0 : 1) | (weights.Table is null ? 0 : 2) | (weights.Centroids is null ? 0 : 4) | (weights.Scales.Length == 1 ? 0 : 8));
        if (weights.OutputGrid is { } output)
        {
            grids.WriteOutput(writer, output);
        }

        if (weights.Table is { } table)
        {
            GridCodec.Write(writer, table.Sums);
            SparseSymbols.Write(writer, table.Codes);
        }

        FloatArrays.Write(writer, weights.Scales);
        var symbols = new byte[weights.Codes.Length];
        var zero = 0;
        if (weights.Centroids is { } centroids)
        {
            writer.Number(centroids.Length);
            foreach (var centroid in centroids)
            {
                writer.Byte((byte)centroid);
            }

            zero = Array.IndexOf(centroids, (sbyte)0);
        }

        for (var i = 0; i < symbols.Length; i++)
        {
            var code = weights.Codes[i];
            symbols[i] = weights.Centroids is null ? (byte)((code << 1) ^ (code >> 7)) : Swap(Array.BinarySearch(weights.Centroids, code), zero);
        }

        return CodedWeights.Write(writer, weights, symbols, goal);
    }

    private static IntegerLayerWeights ReadInteger(BitReader reader, LayerDescription layer, float[] bias, IGridPair grids)
    {
        var input = grids.ReadInput(reader);
        var flags = reader.Byte();
        ActivationGrid? output = (flags & 1) != 0 ? grids.ReadOutput(reader) : null;
        ActivationTable? table = null;
        if ((flags & 2) != 0)
        {
            var sums = GridCodec.Read(reader);
            var codes = new byte[256];
            SparseSymbols.Read(reader, codes);
            table = new ActivationTable(sums, codes);
        }

        var scales = FloatArrays.Read(reader, (flags & 8) != 0 ? layer.WeightRows : 1);
        sbyte[]? centroids = null;
        if ((flags & 4) != 0)
        {
            var count = reader.Number();
            reader.Require(8L * count);
            centroids = new sbyte[count];
            foreach (ref var centroid in centroids.AsSpan())
            {
                centroid = (sbyte)reader.Byte();
            }
        }

        var weights = new sbyte[checked(layer.WeightRows * layer.WeightColumns)];
        if (CodedWeights.AreRanks(reader))
        {
            ReadRanks(reader, layer, centroids, weights);
        }
        else
        {
            SparseSymbols.Read(reader, MemoryMarshal.AsBytes(weights.AsSpan()), Meanings(centroids));
        }

        return new IntegerLayerWeights(layer, weights, scales, bias, input, output, table, centroids);
    }

    private static void ReadRanks(BitReader reader, LayerDescription layer, sbyte[]? centroids, sbyte[] weights)
    {
        var zero = centroids is null ? 0 : Array.IndexOf(centroids, (sbyte)0);
        var ranks = centroids is null
            ? CodedWeights.ReadRanks(reader, layer, sbyte.MaxValue, sbyte.MaxValue)
            : CodedWeights.ReadRanks(reader, layer, centroids.Length - 1 - zero, zero);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = centroids is null ? (sbyte)ranks[i] : centroids[zero + ranks[i]];
        }
    }

    /// <summary>The weight code that each symbol stands for, as a byte.</summary>
    private static byte[] Meanings(sbyte[]? centroids)
    {
        var meanings = new byte[centroids is null ? 256 : Math.Min(centroids.Length, 256)];
        var zero = centroids is null ? 0 : Array.IndexOf(centroids, (sbyte)0);
        for (var symbol = 0; symbol < meanings.Length; symbol++)
        {
            meanings[symbol] = centroids is null ? (byte)((symbol >> 1) ^ -(symbol & 1)) : (byte)At(centroids, (byte)symbol, zero);
        }

        return meanings;
    }

    private static bool WriteFloats(BitWriter writer, FloatLayerWeights weights, CodingGoal goal)
    {
        var present = weights.Values.Where(value => value != 0).ToArray();
        writer.Byte(weights.Centroids is null ? 0 : 1);
        if (weights.Centroids is { } centroids)
        {
            writer.Number(centroids.Length);
            FloatArrays.Write(writer, centroids);
            var zero = Array.IndexOf(centroids, 0f);
            return CodedWeights.Write(writer, weights, [.. weights.Values.Select(value => Swap(Array.BinarySearch(centroids, value), zero))], goal);
        }

        var adaptive = CodedWeights.Write(writer, weights, [.. weights.Values.Select(value => value != 0 ? (byte)1 : (byte)0)], goal);
        writer.Number(present.Length);
        var bf16 = present.All(value => (BitConverter.SingleToUInt32Bits(value) & 0xFFFF) == 0);
        writer.Byte(bf16 ? 1 : 0);
        if (!bf16)
        {
            FloatArrays.Write(writer, present);
            return adaptive;
        }

        foreach (var value in present)
        {
            writer.Bits(BitConverter.SingleToUInt32Bits(value) >> 16, 16);
        }

        return adaptive;
    }

    private static FloatLayerWeights ReadFloats(BitReader reader, LayerDescription layer, float[] bias)
    {
        if (reader.Byte() == 1)
        {
            var centroids = FloatArrays.Read(reader, reader.Number());
            var zero = Array.IndexOf(centroids, 0f);
            if (CodedWeights.AreRanks(reader))
            {
                var ranks = CodedWeights.ReadRanks(reader, layer, centroids.Length - 1 - zero, zero);
                return new FloatLayerWeights(layer, [.. ranks.Select(rank => centroids[zero + rank])], bias, centroids);
            }

            var indices = Symbols(reader, layer);
            return new FloatLayerWeights(layer, [.. indices.Select(index => At(centroids, index, zero))], bias, centroids);
        }

        var kept = Symbols(reader, layer);
        var count = reader.Number();
        if (count != kept.Count(symbol => symbol != 0))
        {
            throw new MalformedBlobException("a layer does not have the weights that its mask names");
        }

        var bf16 = reader.Byte() == 1;
        reader.Require(16L * count);
        var present = bf16 ? [.. Enumerable.Range(0, count).Select(_ => BitConverter.UInt32BitsToSingle(reader.Bits(16) << 16))] : FloatArrays.Read(reader, count);
        var next = 0;
        return new FloatLayerWeights(layer, [.. kept.Select(symbol => symbol == 0 ? 0 : present[next++])], bias);
    }

    /// <summary>One symbol for each weight. The number was compared with the model's own, so it is bounded by what the caller has already.</summary>
    private static byte[] Symbols(BitReader reader, LayerDescription layer)
    {
        if (CodedWeights.AreRanks(reader))
        {
            return [.. CodedWeights.ReadRanks(reader, layer, 1, 0).Select(rank => (byte)rank)];
        }

        var symbols = new byte[checked(layer.WeightRows * layer.WeightColumns)];
        SparseSymbols.Read(reader, symbols);
        return symbols;
    }

    // Index 0 must mean weight 0, which is what most weights are: the zero centroid changes places with the first.
    private static byte Swap(int index, int zero) => (byte)(index == zero ? 0 : index == 0 ? zero : index);

    private static T At<T>(T[] centroids, byte index, int zero)
    {
        var place = zero < 0 ? index : Swap(index, zero);
        return place < centroids.Length ? centroids[place] : throw new MalformedBlobException("a weight names a centroid that does not exist");
    }
}
