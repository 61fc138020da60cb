using System;
using Espalier.Planning;
using static Espalier.Generator.Emit.Images.WinogradStatements;

namespace Espalier.Generator.Emit.Images;

/// <summary>The three passes: windows to every position, products there, and results.</summary>
internal abstract partial class WinogradKernel
{
    private void EmitTile(IndentedWriter writer, int rows, int channels)
    {
        var vectors = channels / Dialect.Lanes;
        writer.Line();
        writer.Line($"/// <summary>{rows} window(s) times the weights of {channels} output channels{TileTitle}.</summary>");
        Begin(writer, $"{TileName(rows, channels)}(ref {Number} plane, ref {Number} weights, ref {Number} sums{(AsksAhead ? $", ref {Number} {PacedWeights.Place}" : "")})", () =>
        {
            for (var r = 0; r < rows; r++)
            {
                writer.Line($"ref var window{r} = ref {(r == 0 ? "plane" : $"Unsafe.Add(ref plane, {r * RowPitch})")};");
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"var sum{r}{v} = {Vector}<{Number}>.Zero;");
                }
            }

            writer.Line();
            writer.Line("nuint at = 0;");
            using (writer.Begin("do", $"}} while (at < {Steps});"))
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"var weights{v} = {Factors($"{Vector}.LoadUnsafe(ref weights{(v == 0 ? "" : $", {v * Dialect.Lanes}")})")};");
                }

                for (var r = 0; r < rows; r++)
                {
                    EmitRow(writer, r, vectors);
                }

                if (AsksAhead)
                {
                    PacedWeights.EmitStep(writer, Layout.Tiles(rows * channels, Winograd.BlockTiles), sizeof(int));
                }

                writer.Line($"weights = ref Unsafe.Add(ref weights, {channels});");
                writer.Line("at++;");
            }

            writer.Line();
            for (var r = 0; r < rows; r++)
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line(Dialect.StoreVector($"sum{r}{v}", $"ref sums, {(r * Outputs) + (v * Dialect.Lanes)}"));
                }
            }
        });
    }

    /// <summary>Tiles of the map to every position: columns first, then rows, a vector of channels at a time.</summary>
    private void EmitWindows(IndentedWriter writer)
    {
        var (dialect, lanes) = WindowVectors;
        var reach = Winograd.Reach;
        writer.Line();
        writer.Line("/// <summary>Transforms the windows of a block of tiles, a vector of channels at a time.</summary>");
        Begin(writer, $"{Name}Windows(ref {MapNumber} map, ref {WindowNumber} windows, ref {WindowNumber} between, nuint first, nuint end)", () => EmitTiles(writer, () =>
        {
            writer.Line($"ref var from = ref Unsafe.Add(ref map, ((top * {Winograd.MapWidth}) + left) * {Geometry.Pitch});");
            writer.Line($"ref var to = ref Unsafe.Add(ref windows, (tile - first) * {Geometry.Pitch});");
            using (writer.Begin($"for (nuint channel = 0; channel < {Geometry.Pitch}; channel += {lanes})"))
            {
                Loop(writer, "column", reach, () =>
                {
                    Load(writer, reach, i => LoadMap($"channel + (column * {Geometry.Pitch}) + {i * Winograd.MapWidth * Geometry.Pitch}"));
                    Lines(writer, TransformWindow(dialect.Vector));
                    Store(writer, dialect, reach, i => $"ref between, (column * {lanes}) + {i * reach * lanes}");
                });
                Loop(writer, "row", reach, () =>
                {
                    Load(writer, reach, i => $"{dialect.Vector}.LoadUnsafe(ref between, (row * {reach * lanes}) + {i * lanes})");
                    Lines(writer, TransformWindow(dialect.Vector));
                    Store(writer, dialect, reach, i => $"ref to, channel + (row * {reach * WindowPlane}) + {i * WindowPlane}");
                });
            }
        }));
    }

    /// <summary>Products back to results, and their end; the last tiles leave out what lies beyond the map.</summary>
    private void EmitResults(IndentedWriter writer)
    {
        var (reach, size, lanes) = (Winograd.Reach, Winograd.Size, Dialect.Lanes);
        writer.Line();
        writer.Line($"/// <summary>{ResultsTitle}</summary>");
        Begin(writer, $"{Name}Results({PackedClass} layer, ref {Number} products, ref {Number} between, ref byte added, ref byte output, nuint first, nuint end)", () =>
        {
            EmitResultsStart(writer);
            EmitTiles(writer, () =>
            {
                writer.Line($"var rows = Math.Min((nuint){size}, {Geometry.OutputHeight} - top);");
                if (Geometry.OutputWidth % size > 0)
                {
                    writer.Line($"var columns = Math.Min((nuint){size}, {Geometry.OutputWidth} - left);");
                }

                writer.Line($"var pixel = (top * {Geometry.OutputWidth}) + left;");
                writer.Line($"ref var from = ref Unsafe.Add(ref products, (tile - first) * {Outputs});");
                using (writer.Begin($"for (nuint channel = 0; channel < {Outputs}; channel += {lanes})"))
                {
                    Loop(writer, "column", reach, () =>
                    {
                        Load(writer, reach, i => $"{Vector}.LoadUnsafe(ref from, channel + (column * {ProductPlane}) + {i * reach * ProductPlane})");
                        Lines(writer, TransformResult(column: true));
                        Store(writer, Dialect, size, i => $"ref between, (column * {lanes}) + {i * reach * lanes}");
                    });
                    writer.Line($"var bias = {Vector}.LoadUnsafe(ref layer.Bias, channel);");
                    writer.Line("var place = (pixel * layer.OutputStride) + channel;");
                    writer.Line("var addedPlace = (pixel * layer.AddedStride) + channel;");
                    using (writer.Begin("for (nuint row = 0; row < rows; row++)"))
                    {
                        Load(writer, reach, i => $"{Vector}.LoadUnsafe(ref between, (row * {reach * lanes}) + {i * lanes})");
                        Lines(writer, TransformResult(column: false));
                        EmitResultRow(writer);
                        writer.Line($"place += {Geometry.OutputWidth} * layer.OutputStride;");
                        writer.Line($"addedPlace += {Geometry.OutputWidth} * layer.AddedStride;");
                    }
                }
            });
        });
        EmitResultMethods(writer);
    }

    private void EmitTiles(IndentedWriter writer, Action emitTile)
    {
        using (writer.Begin("for (var tile = first; tile < end; tile++)"))
        {
            writer.Line($"var (top, left) = (tile / {Winograd.TilesWide} * {Winograd.Size}, tile % {Winograd.TilesWide} * {Winograd.Size});");
            emitTile();
        }
    }

    /// <summary>Statements for each column of a tile: beyond the map they are left out.</summary>
    private protected void Conditional(IndentedWriter writer, string? condition, int size, Func<int, string> statement)
    {
        if (condition is not null)
        {
            using (writer.Begin($"if ({condition})"))
            {
                Conditional(writer, null, size, statement);
            }

            writer.Line();
            return;
        }

        writer.Line(statement(0));
        for (var i = 1; i < size; i++)
        {
            if (Geometry.OutputWidth % size == 0)
            {
                writer.Line(statement(i));
                continue;
            }

            using (writer.Begin($"if (columns > {i})"))
            {
                writer.Line(statement(i));
            }

            writer.Line();
        }
    }
}
