using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>The loops of a direct convolution around its tiles: blocks of pixels, tiles of output channels, tiles of pixels.</summary>
internal abstract class ConvolutionKernel
{
    private protected ConvolutionKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    {
        (Plan, Dialect, PackedClass, Name) = (plan, dialect, packedClass, name);
        Geometry = ConvolutionGeometry.Of(facts.Definition);
        Tiles = PixelTiles.Of(Geometry, plan.Slots, NumberBytes);
    }

    /// <summary>The method that runs the layer.</summary>
    public string Name { get; }

    private protected KernelPlan Plan { get; }

    private protected Dialect Dialect { get; }

    private protected ConvolutionGeometry Geometry { get; }

    private protected PixelTiles Tiles { get; }

    private protected string PackedClass { get; }

    /// <summary>The type of a number of the map.</summary>
    private protected abstract string Number { get; }

    private protected abstract int NumberBytes { get; }

    /// <summary>Numbers of the packed weights of one output channel.</summary>
    private protected abstract int Depth { get; }

    /// <summary>Bytes of the packed weights.</summary>
    private protected long WeightBytes => (long)Depth * Geometry.PaddedOutputs * NumberBytes;

    /// <summary>The reference to numbers that a tile is handed.</summary>
    private protected string Map => NumberBytes == 1 ? "layer.Enter(ref input, ref scratch)" : "Unsafe.As<byte, float>(ref layer.Enter(ref input, ref scratch))";

    /// <summary>In words, for the method's comment.</summary>
    private protected virtual string Title => $"{Dialect.Title}.";

    public void Emit(IndentedWriter writer)
    {
        var full = Geometry.PaddedOutputs / Plan.Rows;
        var rest = Geometry.PaddedOutputs % Plan.Rows;
        EmitMethod(writer, full, rest);
        foreach (var pixels in Tiles.Sizes)
        {
            foreach (var channels in new[] { full > 0 ? Plan.Rows : 0, rest }.Where(channels => channels > 0))
            {
                writer.Line();
                writer.Line($"/// <summary>{Pixels(pixels)} of {channels} output channels at a time. A call for each such tile would cost a tenth of short layers.</summary>");
                writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                using (writer.Begin($"private static void {TileName(pixels, channels)}({PackedClass} layer, ref {Number} map, ref {Number} tileWeights, nuint channel, nuint pixel, nuint end, ref byte added, ref byte output)"))
                {
                    EmitTilesStart(writer, pixels, channels);
                    using (writer.Begin($"for (; pixel < end; pixel += {pixels})"))
                    {
                        writer.Line("ref var weights = ref tileWeights;");
                        EmitTile(writer, pixels, channels / Dialect.Lanes);
                    }
                }
            }
        }

        EmitMethods(writer);
    }

    /// <summary>Writes what stands before the tiles of pixels that share a tile's weights.</summary>
    private protected virtual void EmitTilesStart(IndentedWriter writer, int pixels, int channels)
    {
    }

    /// <summary>Writes the statements of a tile.</summary>
    private protected abstract void EmitTile(IndentedWriter writer, int pixels, int vectors);

    /// <summary>Writes what tiles call.</summary>
    private protected virtual void EmitMethods(IndentedWriter writer)
    {
    }

    /// <summary>Writes the references to the windows of a tile's pixels.</summary>
    private protected void EmitWindows(IndentedWriter writer, int pixels)
    {
        writer.Line("ref var start = ref Unsafe.Add(ref layer.WindowStarts, pixel);");
        for (var p = 0; p < pixels; p++)
        {
            writer.Line($"ref var window{p} = ref Unsafe.Add(ref map, {(p == 0 ? "start" : $"Unsafe.Add(ref start, {p})")});");
        }
    }

    /// <summary>Writes the loops over the runs of a window, each from <c>run</c> on.</summary>
    private protected void EmitRuns(IndentedWriter writer, Action emitRun)
    {
        var (rows, runs) = (Geometry.Window.Height, Geometry.RunsOfRow);
        writer.Line($"// {rows} row(s) of the window, in each {runs} run(s) of {RunLength} numbers that lie side by side.");
        EmitLoop(writer, rows, "row", "0", Geometry.WindowRowPitch, () => EmitLoop(writer, runs, "run", "row", Geometry.RunPitch, emitRun));
    }

    private protected int RunLength => Geometry.RunLength(Plan.Rows);

    private static void EmitLoop(IndentedWriter writer, int count, string name, string from, int pitch, Action emitBody)
    {
        if (count == 1)
        {
            writer.Line($"{(from == "0" ? "const nuint" : "var")} {name} = {from};");
            emitBody();
            return;
        }

        EmitWhile(writer, name, from, (long)count * pitch, pitch, emitBody);
    }

    /// <summary>Writes a loop that asks at its end: whether there is a first round is no question.</summary>
    private protected static void EmitWhile(IndentedWriter writer, string name, string from, long length, int step, Action emitBody)
    {
        writer.Line($"nuint {name} = {from};");
        if (from != "0")
        {
            writer.Line($"var {name}End = {from} + {length};");
        }

        using (writer.Begin("do", $"}} while ({name} < {(from == "0" ? $"{length}" : $"{name}End")});"))
        {
            emitBody();
            writer.Line($"{name} += {step};");
        }
    }

    private void EmitMethod(IndentedWriter writer, int full, int rest)
    {
        writer.Line();
        writer.Line($"/// <summary>{Title}</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {Name}({PackedClass} layer, ref byte input, ref byte added, ref byte output, ref byte scratch)"))
        {
            if (Geometry.Copies(Geometry.Pitch))
            {
                writer.Line($"// A copy of the map with a border of {Geometry.Window.PaddingHeight} row(s) and {Geometry.Window.PaddingWidth} column(s): no window needs a test.");
            }

            writer.Line($"ref var map = ref {Map};");
            var sizes = Tiles.Larger == 0 ? Pixels(Tiles.Pixels) : $"{Tiles.Pixels + 1} pixels ({Tiles.Larger}) and {Tiles.Pixels} ({Tiles.Count - Tiles.Larger})";
            writer.Line($"// {Tiles.Count} tile(s) of {sizes}, {Tiles.Block} at a time before the weights of all {Geometry.PaddedOutputs} output channels pass again.");
            writer.Line("// Where threads share the layer, this is some of the tiles.");
            if (Geometry.Tiles(Plan.Rows) > 1)
            {
                writer.Line($"var (firstChannel, endChannel) = layer.ShareChannels({Geometry.PaddedOutputs}, {Plan.Rows});");
            }

            if (Tiles.Block == Tiles.Count)
            {
                writer.Line($"var (first, end) = layer.Share(0, {Tiles.Count});");
                EmitChannels(writer, full, rest);
            }
            else
            {
                writer.Line($"var (firstTile, endTile) = layer.Share(0, {Tiles.Count});");
                using (writer.Begin($"for (var first = firstTile; first < endTile; first += {Tiles.Block})"))
                {
                    writer.Line($"var end = Math.Min(first + {Tiles.Block}, endTile);");
                    EmitChannels(writer, full, rest);
                }
            }

            writer.Line();
            writer.Line("layer.Leave(ref output);");
        }
    }

    private void EmitChannels(IndentedWriter writer, int full, int rest)
    {
        if (Geometry.Tiles(Plan.Rows) == 1)
        {
            EmitPixels(writer, full > 0 ? Plan.Rows : rest, "0", "0");
            return;
        }

        using (writer.Begin($"for (var channel = firstChannel; channel {(rest == 0 ? "<" : $"+ {Plan.Rows} <=")} endChannel; channel += {Plan.Rows})"))
        {
            EmitPixels(writer, Plan.Rows, "channel", $"channel / {Plan.Rows}");
        }

        if (rest > 0)
        {
            writer.Line();
            using (writer.Begin($"if (endChannel == {Geometry.PaddedOutputs})"))
            {
                writer.Line($"// The last {rest} output channels.");
                EmitPixels(writer, rest, $"{full * Plan.Rows}", $"{full}");
            }
        }
    }

    private void EmitPixels(IndentedWriter writer, int channels, string channel, string channelTile)
    {
        // Groups: each tile of output channels begins at an input channel of its own.
        var map = Geometry.Groups == 1 ? "map" : $"Unsafe.Add(ref map, Unsafe.Add(ref layer.FirstChannels, {channelTile}))";
        var weights = channel == "0" ? "layer.Weights" : $"Unsafe.Add(ref layer.Weights, {channel} * {Depth})";
        foreach (var (pixels, from, to) in Tiles.Runs())
        {
            writer.Line($"{TileName(pixels, channels)}(layer, ref {map}, ref {weights}, {channel}, {from}, {to}, ref added, ref output);");
        }
    }

    private string TileName(int pixels, int channels) => $"{Name}Tile{pixels}x{channels}";

    /// <summary>Pixels in prose.</summary>
    internal static string Pixels(int count) => count == 1 ? "1 pixel" : $"{count} pixels";

    /// <summary>The vectors of a tile, pixel by pixel.</summary>
    internal static IEnumerable<(int Pixel, int Vector)> Each(int pixels, int vectors) =>
        Enumerable.Range(0, pixels).SelectMany(p => Enumerable.Range(0, vectors).Select(v => (p, v)));

    /// <summary>A place some numbers further, as text.</summary>
    internal static string Plus(string place, int more) => more == 0 ? place : $"{place} + {more}";
}
