using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Kernels;

/// <summary>
/// The nonzeros of pruned rows in the order in which a block of samples meets them: tiles of rows, in each tile blocks of features, in each
/// block the rows by their numbers of pairs and groups. The features of a block stay in the first-level cache (a feature is 64 bytes: 512 of
/// them are 32 KB), the sums of a tile in the second (1024 rows are 256 KB). Reading every feature from further away was what
/// bounded the kernel: 25 % of 4096 x 1000 took 9.1 µs a sample on Zen 5 with one block, 5.8 with blocks of 512.
/// </summary>
internal sealed class PrunedRowsTable
{
    private PrunedRowsTable(AlignedMemory pairs, AlignedMemory rows, AlignedMemory places, AlignedMemory runs, PrunedTile[] tiles) =>
        (Pairs, Rows, Places, Runs, Tiles) = (pairs, rows, places, runs, tiles);

    public AlignedMemory Pairs { get; }

    public AlignedMemory Rows { get; }

    public AlignedMemory Places { get; }

    public AlignedMemory Runs { get; }

    public PrunedTile[] Tiles { get; }

    /// <param name="layer">The layer as single predictions run it.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
    /// <param name="inOrder">Whether tiles take the rows in the order of the outputs; in that of their positions otherwise.</param>
    public static PrunedRowsTable Build(PackedIntegerLayer layer, IntegerLayerWeights weights, ReadOnlyMemory<int> inputs, bool inOrder)
    {
        var outputs = layer.Layer.Outputs;
        var blocks = PrunedRows.V1.Blocks(layer.Layer.Inputs);
        var features = (layer.Layer.Inputs + blocks - 1) / blocks;
        var cells = Array.ConvertAll(Cells(layer, weights, inputs, blocks, features), cell => PairGroups.Of(cell, weights.InputGrid.Top));
        int[] order = inOrder && !layer.Positions.IsEmpty ? layer.Positions.ToArray() : [.. Enumerable.Range(0, outputs)];
        var (pairs, rows, places, runs, tiles) = (new List<ulong>(), new List<int>(), new List<int>(), new List<PrunedRun>(), new List<PrunedTile>());
        for (var start = 0; start < outputs; start += PrunedRows.V1.TileRows)
        {
            var members = Enumerable.Range(0, Math.Min(PrunedRows.V1.TileRows, outputs - start)).ToArray();
            var (firstRun, firstPair, firstMember) = (runs.Count, pairs.Count, rows.Count);
            for (var block = 0; block < blocks; block++)
            {
                // Every row begins in the first block and ends in the last one, with nonzeros there or without.
                var (begins, ends) = (block == 0, block == blocks - 1);
                foreach (var run in members.GroupBy(place => Lengths(Cell(place))).Where(run => run.Key.Pairs > 0 || begins || ends).OrderBy(run => run.Key))
                {
                    runs.Add(new PrunedRun(block * features * BatchStage.BlockSamples, run.Key.Pairs, run.Key.Groups, run.Count(), begins, ends));
                    foreach (var place in run)
                    {
                        rows.Add(order[start + place]);
                        places.Add(place);
                        Add(pairs, Cell(place));
                    }
                }

                PairGroups Cell(int place) => cells[(order[start + place] * blocks) + block];
            }

            tiles.Add(new PrunedTile(start, members.Length, firstRun, runs.Count - firstRun, firstPair, firstMember));
        }

        return new PrunedRowsTable(
            AlignedMemory.Of<ulong>(pairs.ToArray()),
            AlignedMemory.Of<int>(rows.ToArray()),
            AlignedMemory.Of<int>(places.ToArray()),
            AlignedMemory.Of<PrunedRun>(runs.ToArray()),
            [.. tiles]);
    }

    /// <summary>By row and block: the nonzeros, columns counted from the block's first.</summary>
    private static List<(int Column, sbyte Code)>[] Cells(PackedIntegerLayer layer, IntegerLayerWeights weights, ReadOnlyMemory<int> inputs, int blocks, int features)
    {
        var nonzeros = NonzeroRows.Of(weights.Codes, weights.Nonzeros, layer.Layer.Inputs, inputs.Span);
        var positions = layer.Positions.Span;
        var cells = new List<(int Column, sbyte Code)>[layer.Layer.Outputs * blocks];
        for (var output = 0; output < layer.Layer.Outputs; output++)
        {
            var first = (positions.IsEmpty ? output : positions[output]) * blocks;
            for (var block = 0; block < blocks; block++)
            {
                cells[first + block] = [];
            }

            var end = nonzeros.Start(output) + nonzeros.Count(output);
            for (var i = nonzeros.Start(output); i < end; i++)
            {
                var (block, at) = Math.DivRem(nonzeros.Places[i], features);
                cells[first + block].Add((at, nonzeros.Codes[i]));
            }
        }

        return cells;
    }

    private static (int Pairs, int Groups) Lengths(PairGroups cell) => (cell.Pairs, cell.Groups);

    private static void Add(List<ulong> pairs, PairGroups cell)
    {
        foreach (var pair in cell.Entries.Chunk(2))
        {
            var codes = (uint)((byte)pair[0].Code | ((byte)pair[1].Code << 8));
            pairs.Add((uint)((pair[0].Column * BatchStage.BlockSamples) | (pair[1].Column * BatchStage.BlockSamples << 16)) | ((ulong)(codes | (codes << 16)) << 32));
        }
    }
}
