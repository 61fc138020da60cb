using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Kernels;

/// <summary>
/// The nonzeros of pruned rows in the order in which a block of samples meets them: tiles of rows, in each tile blocks of features, in each
/// block the rows by their number of groups. The features of a block stay in the first-level cache (a feature is 64 bytes: 512 of
/// them are 32 KB), the sums of a tile in the second (1024 rows are 256 KB). Reading every feature from further away was what
/// bounded the kernel: 25 % of 4096 x 1000 took 9.1 µs a sample on Zen 5 with one block, 5.8 with blocks of 512.
/// </summary>
internal sealed class PrunedRowsTable
{
    private PrunedRowsTable(int groupPairs, AlignedMemory pairs, AlignedMemory rows, AlignedMemory places, AlignedMemory runs) =>
        (GroupPairs, Pairs, Rows, Places, Runs, RunCount) = (groupPairs, pairs, rows, places, runs, runs.Length / System.Runtime.CompilerServices.Unsafe.SizeOf<PrunedRun>());

    public int GroupPairs { get; }

    public AlignedMemory Pairs { get; }

    public AlignedMemory Rows { get; }

    public AlignedMemory Places { get; }

    public AlignedMemory Runs { get; }

    public int RunCount { get; }

    public static PrunedRowsTable Build(PackedIntegerLayer layer, IntegerLayerWeights weights, ReadOnlyMemory<int> inputs, bool inOrder)
    {
        var blocks = Math.Max(1, (layer.Layer.Inputs + PrunedRows.V1.BlockFeatures - 1) / PrunedRows.V1.BlockFeatures);
        var grouped = PairGroups.Cheapest(Cells(layer, weights, inputs, blocks), weights.InputGrid.Top);
        var (pairs, rows, runs) = (new List<ulong>(), new List<int>(), new List<PrunedRun>());
        for (var tile = 0; tile < layer.Layer.Outputs; tile += PrunedRows.V1.TileRows)
        {
            var members = Enumerable.Range(tile, Math.Min(PrunedRows.V1.TileRows, layer.Layer.Outputs - tile)).ToArray();
            for (var block = 0; block < blocks; block++)
            {
                // Every row begins in the first block and ends in the last one, with nonzeros there or without.
                var (begins, ends) = (block == 0, block == blocks - 1);
                var start = block * PrunedRows.V1.BlockFeatures * BatchStage.BlockSamples;
                foreach (var run in members.GroupBy(row => grouped.Rows[(row * blocks) + block].Count / (2 * grouped.Pairs)).Where(run => run.Key > 0 || begins || ends).OrderBy(run => run.Key))
                {
                    runs.Add(new PrunedRun(start, run.Key, run.Count(), begins, ends));
                    foreach (var row in run)
                    {
                        rows.Add(row);
                        Add(pairs, grouped.Rows[(row * blocks) + block]);
                    }
                }
            }
        }

        int[] places = inOrder ? RowOrder.Inverse(layer.Positions.ToArray()) : [];
        return new PrunedRowsTable(
            grouped.Pairs,
            AlignedMemory.Of<ulong>(pairs.ToArray()),
            AlignedMemory.Of<int>(rows.ToArray()),
            AlignedMemory.Of<int>(rows.ConvertAll(row => places.Length == 0 ? row : places[row]).ToArray()),
            AlignedMemory.Of<PrunedRun>(runs.ToArray()));
    }

    /// <summary>By row and block: the nonzeros, columns counted from the block's first.</summary>
    private static List<(int Column, sbyte Code)>[] Cells(PackedIntegerLayer layer, IntegerLayerWeights weights, ReadOnlyMemory<int> inputs, int blocks)
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
                var (block, at) = Math.DivRem(nonzeros.Places[i], PrunedRows.V1.BlockFeatures);
                cells[first + block].Add((at, nonzeros.Codes[i]));
            }
        }

        return cells;
    }

    private static void Add(List<ulong> pairs, List<(int Column, sbyte Code)> row)
    {
        for (var i = 0; i < row.Count; i += 2)
        {
            var (first, second) = (row[i], row[i + 1]);
            var codes = (uint)((byte)first.Code | ((byte)second.Code << 8));
            pairs.Add((uint)((first.Column * BatchStage.BlockSamples) | (second.Column * BatchStage.BlockSamples << 16)) | ((ulong)(codes | (codes << 16)) << 32));
        }
    }
}
