using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;
using static Espalier.Generator.Emit.Images.WinogradStatements;

namespace Espalier.Generator.Emit.Images;

/// <summary>A 3×3 convolution by Winograd's minimal filtering: windows are transformed, multiplied position by position, and the products transformed back.</summary>
internal abstract partial class WinogradKernel
{
    private readonly int[] _rowsOfTiles;
    private readonly int _largerRows;

    private protected WinogradKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    {
        (Plan, Dialect, PackedClass, Name) = (plan, dialect, packedClass, name);
        Winograd = WinogradGeometry.Of(facts.Definition, plan.Window)!;

        // Even parts, as in direct convolutions.
        var parts = Layout.Tiles(Winograd.BlockTiles, plan.Slots);
        _largerRows = Winograd.BlockTiles % parts;
        _rowsOfTiles = _largerRows == 0 ? [Winograd.BlockTiles / parts] : [(Winograd.BlockTiles / parts) + 1, Winograd.BlockTiles / parts];
    }

    private protected KernelPlan Plan { get; }

    private protected Dialect Dialect { get; }

    private protected string PackedClass { get; }

    private protected string Name { get; }

    private protected WinogradGeometry Winograd { get; }

    private protected ConvolutionGeometry Geometry => Winograd.Convolution;

    private protected string Vector => Dialect.Vector;

    private protected int Outputs => Geometry.PaddedOutputs;

    private protected int WindowPlane => Winograd.WindowPlane;

    private protected int ProductPlane => Winograd.ProductPlane;

    /// <summary>The type of what is multiplied and summed: a float, or an int that holds two channels' shorts or is their sum.</summary>
    private protected abstract string Number { get; }

    /// <summary>Steps of a sum: input channels, or pairs of them.</summary>
    private protected abstract int Steps { get; }

    /// <summary>Numbers of the packed weights of one position.</summary>
    private int WeightNumbers => Steps * Outputs;

    /// <summary>Numbers from one transformed window to the next at a position.</summary>
    private protected abstract int RowPitch { get; }

    /// <summary>Numbers from one position's windows to the next one's.</summary>
    private protected abstract int WindowPitch { get; }

    /// <summary>What the windows' transform writes to.</summary>
    /// <param name="tile">The first tile, counted from the block's first.</param>
    private protected abstract string WindowArguments(string tile);

    /// <summary>What a tile does besides, in words.</summary>
    private protected virtual string TileTitle => "";

    /// <summary>What makes factors of loaded weights.</summary>
    private protected virtual string Factors(string words) => words;

    /// <summary>The type of the map's numbers.</summary>
    private protected abstract string MapNumber { get; }

    /// <summary>The type of transformed windows' numbers.</summary>
    private protected abstract string WindowNumber { get; }

    /// <summary>The instructions that transform windows, and the channels of their vectors.</summary>
    private protected abstract (Dialect Dialect, int Lanes) WindowVectors { get; }

    /// <summary>What the results' pass does, in words.</summary>
    private protected abstract string ResultsTitle { get; }

    public void Emit(IndentedWriter writer)
    {
        EmitMethod(writer);
        EmitWindows(writer);
        foreach (var rows in _rowsOfTiles)
        {
            foreach (var channels in new[] { Outputs >= Plan.Rows ? Plan.Rows : 0, Outputs % Plan.Rows }.Where(channels => channels > 0))
            {
                EmitTile(writer, rows, channels);
            }
        }

        EmitResults(writer);
    }

    /// <summary>Writes what has to be asked before anything is computed.</summary>
    private protected virtual void EmitStart(IndentedWriter writer)
    {
    }

    /// <summary>Writes the products of a row of a tile with the weights of a step.</summary>
    private protected abstract void EmitRow(IndentedWriter writer, int row, int vectors);

    /// <summary>A vector of the map from a place on.</summary>
    private protected abstract string LoadMap(string place);

    /// <summary>Statements that transform a row or column of a window.</summary>
    private protected abstract IEnumerable<string> TransformWindow(string vector);

    /// <summary>Statements that transform a column of products, and then a row.</summary>
    private protected abstract IEnumerable<string> TransformResult(bool column);

    /// <summary>Writes what stands before the loops over tiles of results.</summary>
    private protected virtual void EmitResultsStart(IndentedWriter writer)
    {
    }

    /// <summary>Writes what ends a row of results, <c>t0</c> and on.</summary>
    private protected abstract void EmitResultRow(IndentedWriter writer);

    /// <summary>Writes what results call.</summary>
    private protected virtual void EmitResultMethods(IndentedWriter writer)
    {
    }

    private void EmitMethod(IndentedWriter writer)
    {
        writer.Line();
        writer.Line($"/// <summary>{Dialect.Title}, F({Winograd.Size}×{Winograd.Size}, 3×3).</summary>");
        Begin(writer, $"{Name}({PackedClass} layer, ref byte input, ref byte added, ref byte output, ref byte scratch)", () =>
        {
            EmitStart(writer);
            writer.Line("// A copy of the map with a border, as large as whole tiles need it.");
            writer.Line("ref var map = ref layer.EnterTiles(ref input, ref scratch);");
            writer.Line($"ref var windows = ref Unsafe.As<byte, {Number}>(ref Unsafe.Add(ref scratch, {Winograd.MapBytes}));");
            writer.Line($"ref var products = ref Unsafe.As<byte, {Number}>(ref Unsafe.Add(ref scratch, {Winograd.MapBytes + Winograd.WindowBytes}));");
            writer.Line("// Each thread transforms in memory of its own.");
            writer.Line($"Span<byte> own = stackalloc byte[{Winograd.BetweenBytes} + Scratch.Slack];");
            writer.Line($"ref var between = ref Unsafe.As<byte, {Number}>(ref Scratch.Align(own));");
            writer.Line($"// {Winograd.Tiles} tile(s) of {Winograd.Size}×{Winograd.Size} results, {Winograd.BlockTiles} at a time, in three passes. Where threads share the layer, this is some tiles or positions of one pass.");
            writer.Line($"var (block, blocks) = layer.ShareBlocks({Winograd.Blocks});");
            using (writer.Begin("for (; block < blocks; block++)"))
            {
                EmitPasses(writer);
            }

            writer.Line();
            writer.Line("layer.Leave(ref output);");
        });
    }

    private void EmitPasses(IndentedWriter writer)
    {
        writer.Line($"var start = block * {Winograd.BlockTiles};");
        writer.Line($"var (first, end) = layer.Share(start, Math.Min(start + {Winograd.BlockTiles}, {Winograd.Tiles}));");
        using (writer.Begin("if (layer.TransformsWindows)"))
        {
            writer.Line($"{Name}Windows(ref map, {WindowArguments("(first - start)")}, first, end);");
        }

        writer.Line();
        using (writer.Begin("if (layer.Multiplies)"))
        {
            writer.Line($"// {Winograd.Positions} matrix products, one for each position. Rows that the last block has not are multiplied too, and their products left alone.");
            writer.Line($"var (position, positions) = layer.Share(0, {Winograd.Positions});");
            using (writer.Begin("for (; position < positions; position++)"))
            {
                EmitProducts(writer);
            }
        }

        writer.Line();
        using (writer.Begin("if (layer.TransformsResults)"))
        {
            writer.Line($"{Name}Results(layer, ref Unsafe.Add(ref products, (first - start) * {Outputs}), ref between, ref added, ref output, first, end);");
        }
    }

    private void EmitProducts(IndentedWriter writer)
    {
        var (full, rest) = (Outputs / Plan.Rows * Plan.Rows, Outputs % Plan.Rows);
        writer.Line($"ref var plane = ref Unsafe.Add(ref windows, position * {WindowPitch});");
        writer.Line($"ref var sums = ref Unsafe.Add(ref products, position * {ProductPlane});");
        writer.Line($"ref var weights = ref Unsafe.Add(ref layer.Weights, position * {WeightNumbers});");
        if (full > 0)
        {
            using (writer.Begin($"for (nuint channel = 0; channel < {full}; channel += {Plan.Rows})"))
            {
                EmitRows(writer, Plan.Rows);
                writer.Line();
                writer.Line($"weights = ref Unsafe.Add(ref weights, {Steps * Plan.Rows});");
            }
        }

        if (rest > 0)
        {
            using (writer.Begin())
            {
                writer.Line($"const nuint channel = {full};");
                EmitRows(writer, rest);
            }
        }
    }

    private void EmitRows(IndentedWriter writer, int channels)
    {
        var numbers = Steps * channels;
        var ahead = AsksAhead ? $", ref Unsafe.Add(ref weights, {numbers} + (row * {numbers / Winograd.BlockTiles}))" : "";
        var from = 0;
        for (var i = 0; i < _rowsOfTiles.Length; i++)
        {
            var rows = _rowsOfTiles[i];
            var to = i + 1 < _rowsOfTiles.Length ? _largerRows * rows : Winograd.BlockTiles;
            using (writer.Begin($"for (nuint row = {from}; row < {to}; row += {rows})"))
            {
                writer.Line($"{TileName(rows, channels)}(ref Unsafe.Add(ref plane, row * {RowPitch}), ref weights, ref Unsafe.Add(ref sums, (row * {Outputs}) + channel){ahead});");
            }

            from = to;
        }
    }

    /// <summary>Whether the next tile's weights are asked for: they are numbers of four bytes.</summary>
    private bool AsksAhead => WeightsAhead.Has(Dialect, (long)Winograd.Positions * WeightNumbers * sizeof(int));

    private string TileName(int rows, int channels) => $"{Name}Tile{rows}x{channels}";
}
