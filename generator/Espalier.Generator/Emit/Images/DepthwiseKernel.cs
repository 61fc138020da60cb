using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// The loops of a depthwise convolution around its tiles: rows of the result, tiles of pixels that lie side by side, vectors of channels. The map is read where it lies:
/// which columns of a tile's windows lie outside of it is known here, and each row of the result has the rows of its windows that lie inside.
/// </summary>
internal abstract class DepthwiseKernel
{
    private protected DepthwiseKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    {
        (Plan, Dialect, PackedClass, Name) = (plan, dialect, packedClass, name);
        Geometry = DepthwiseGeometry.Of(facts.Definition)!;
        Tiles = RowTiles.Of(Geometry, plan.Slots);
    }

    /// <summary>The method that runs the layer.</summary>
    public string Name { get; }

    private protected KernelPlan Plan { get; }

    private protected Dialect Dialect { get; }

    private protected string PackedClass { get; }

    private protected DepthwiseGeometry Geometry { get; }

    private protected IReadOnlyList<RowTiles> Tiles { get; }

    /// <summary>The type of a number of the map.</summary>
    private protected abstract string Number { get; }

    /// <summary>The map as such numbers.</summary>
    private protected abstract string Map { get; }

    /// <summary>The comment on a row's products.</summary>
    private protected abstract string Products { get; }

    /// <summary>Packed weights of a row of a window of one channel.</summary>
    private protected abstract int RowWeights { get; }

    public void Emit(IndentedWriter writer)
    {
        EmitMethod(writer);
        foreach (var width in Widths)
        {
            foreach (var tiles in Tiles.GroupBy(tiles => tiles with { First = 0, Count = 0 }).Select(group => group.First()))
            {
                writer.Line();
                writer.Line($"/// <summary>Tiles of {ConvolutionKernel.Pixels(tiles.Pixels)} in a row, {width} channels at a time{Outside(tiles)}.</summary>");
                writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                using (writer.Begin($"private static void {TileName(tiles, width)}({PackedClass} layer, ref {Number} map, nuint y, nuint row, nuint rowEnd, nuint from, nuint to, nuint at, nuint pixel, nuint end, ref byte added, ref byte output)"))
                {
                    EmitTiles(writer, tiles, width);
                }
            }
        }

        EmitMethods(writer);
    }

    /// <summary>Writes what stands before all tiles of a row.</summary>
    private protected abstract void EmitTilesStart(IndentedWriter writer, Dialect dialect);

    /// <summary>Writes what the sums of a tile start with, <c>sum{pixel}{vector}</c>.</summary>
    private protected abstract void EmitSums(IndentedWriter writer, Dialect dialect, int pixels);

    /// <summary>Writes the products of a row of a tile's windows: from <c>numbers</c> and <c>weights</c> to the sums.</summary>
    private protected abstract void EmitRow(IndentedWriter writer, Dialect dialect, RowTiles tiles);

    /// <summary>Writes what ends a tile.</summary>
    private protected abstract void EmitEnding(IndentedWriter writer, Dialect dialect, int pixels);

    /// <summary>Writes what tiles call.</summary>
    private protected virtual void EmitMethods(IndentedWriter writer)
    {
    }

    /// <summary>The instruction set for a vector of so many channels.</summary>
    private protected abstract Dialect DialectOf(int width);

    /// <summary>Numbers of channels that vectors have.</summary>
    private protected int[] Widths => [.. Geometry.Vectors(Plan.Rows).Select(vector => vector.Width).Distinct()];

    /// <summary>A column of a tile's windows, from where the first one in the map lies.</summary>
    private protected string Column(RowTiles tiles, int column) => column == tiles.Left ? "" : $", {(column - tiles.Left) * Geometry.Pitch}";

    private void EmitMethod(IndentedWriter writer)
    {
        var (window, convolution) = (Geometry.Window, Geometry.Convolution);
        writer.Line();
        writer.Line($"/// <summary>{Dialect.Title}.</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {Name}({PackedClass} layer, ref byte input, ref byte added, ref byte output, ref byte scratch)"))
        {
            if (Geometry.MayCopy)
            {
                writer.Line("// A number for each output channel: a copy, unless the map lies so already.");
            }

            writer.Line($"ref var map = ref {Map};");
            writer.Line($"// {convolution.OutputHeight} row(s) of {ConvolutionKernel.Pixels(convolution.OutputWidth)}. Where threads share the layer, this is some of the rows and channels.");
            writer.Line($"var (first, end) = layer.Share(0, {convolution.OutputHeight});");
            writer.Line($"var (from, to) = layer.ShareChannels({Geometry.Pitch}, {Plan.Rows});");
            using (writer.Begin("for (var y = first; y < end; y++)"))
            {
                writer.Line("// Rows of the windows that lie outside of the map are left out.");
                writer.Line("var (row, rowEnd) = layer.RowsInside(y);");
                writer.Line($"var start = ({Times("y", window.StrideHeight)} + {Times("row", window.DilationHeight)}{(window.PaddingHeight > 0 ? $" - {window.PaddingHeight}" : "")}) * {Geometry.RowPitch};");
                writer.Line($"var pixel = y * {convolution.OutputWidth};");
                EmitCalls(writer);
            }

            writer.Line();
            writer.Line("layer.Leave(ref output);");
        }
    }

    private void EmitCalls(IndentedWriter writer)
    {
        foreach (var group in Geometry.Vectors(Plan.Rows).GroupBy(vector => vector.Width))
        {
            var (first, end) = (group.First().Channel, group.Last().Channel + group.Key);
            if (group.Key == Plan.Rows)
            {
                EmitCalls(writer, group.Key, end == Geometry.Pitch ? "from, to" : $"from, Math.Min(to, {end})");
                continue;
            }

            writer.Line();
            using (writer.Begin($"if (to == {Geometry.Pitch})"))
            {
                writer.Line($"// From {first} on channels fill no vector of {2 * group.Key}.");
                EmitCalls(writer, group.Key, $"{first}, {end}");
            }
        }
    }

    private void EmitCalls(IndentedWriter writer, int width, string channels)
    {
        foreach (var tiles in Tiles)
        {
            // Negative where the whole tile lies outside: then nothing is read.
            var place = ConvolutionKernel.Plus("start", Math.Max(0, tiles.FirstColumn(Geometry) + tiles.Left) * Geometry.Pitch);
            writer.Line($"{TileName(tiles, width)}(layer, ref map, y, row, rowEnd, {channels}, {place}, {ConvolutionKernel.Plus("pixel", tiles.First)}, pixel + {tiles.First + (tiles.Count * tiles.Pixels)}, ref added, ref output);");
        }
    }

    private void EmitTiles(IndentedWriter writer, RowTiles tiles, int width)
    {
        var dialect = DialectOf(width);
        writer.Line("ref var allWeights = ref layer.Weights;");
        EmitTilesStart(writer, dialect);
        using (writer.Begin($"for (; pixel < end; pixel += {tiles.Pixels})"))
        {
            using (writer.Begin($"for (var channel = from; channel < to; channel += {width})"))
            {
                writer.Line($"ref var weights = ref Unsafe.Add(ref allWeights, (channel * {RowWeights * Geometry.Window.Height}) + (row * {RowWeights * width}));");
                writer.Line("ref var numbers = ref Unsafe.Add(ref map, at + channel);");
                EmitSums(writer, dialect, tiles.Pixels);
                writer.Line();
                writer.Line(Products);
                using (writer.Begin("for (var left = rowEnd - row; left > 0; left--)"))
                {
                    EmitRow(writer, dialect, tiles);
                    writer.Line($"weights = ref Unsafe.Add(ref weights, {RowWeights * width});");
                    writer.Line($"numbers = ref Unsafe.Add(ref numbers, {Geometry.Window.DilationHeight * Geometry.RowPitch});");
                }

                writer.Line();
                EmitEnding(writer, dialect, tiles.Pixels);
            }

            writer.Line();
            writer.Line($"at += {tiles.Pixels * Geometry.Window.StrideWidth * Geometry.Pitch};");
        }
    }

    private string TileName(RowTiles tiles, int width) =>
        $"{Name}Tile{tiles.Pixels}x{width}{(tiles.Left > 0 ? $"Left{tiles.Left}" : "")}{(tiles.Right > 0 ? $"Right{tiles.Right}" : "")}";

    private static string Outside(RowTiles tiles) => (tiles.Left, tiles.Right) switch
    {
        (0, 0) => "",
        (var left, 0) => $"; {left} column(s) lie before the map",
        (0, var right) => $"; {right} column(s) lie behind the map",
        var (left, right) => $"; {left} column(s) lie before the map and {right} behind it",
    };

    private static string Times(string number, int factor) => factor == 1 ? number : $"({number} * {factor})";
}
