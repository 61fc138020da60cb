using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>A 3×3 convolution by Winograd's minimal filtering: windows are transformed, multiplied position by position, and the products transformed back.</summary>
internal sealed class WinogradKernel
{
    private readonly KernelPlan _plan;
    private readonly Dialect _dialect;
    private readonly string _packedClass;
    private readonly string _name;
    private readonly WinogradGeometry _winograd;
    private readonly int[] _rowsOfTiles;
    private readonly int _largerRows;

    public WinogradKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    {
        (_plan, _dialect, _packedClass, _name) = (plan, dialect, packedClass, name);
        _winograd = WinogradGeometry.Of(facts.Definition, plan.Window)!;

        // Even parts, as in direct convolutions.
        var parts = Layout.Tiles(_winograd.BlockTiles, plan.Slots);
        _largerRows = _winograd.BlockTiles % parts;
        _rowsOfTiles = _largerRows == 0 ? [_winograd.BlockTiles / parts] : [(_winograd.BlockTiles / parts) + 1, _winograd.BlockTiles / parts];
    }

    private ConvolutionGeometry Geometry => _winograd.Convolution;

    private string Vector => _dialect.Vector;

    private int Outputs => Geometry.PaddedOutputs;

    private int WindowPlane => _winograd.WindowPlane;

    private int ProductPlane => _winograd.ProductPlane;

    public void Emit(IndentedWriter writer)
    {
        EmitMethod(writer);
        EmitWindows(writer);
        foreach (var rows in _rowsOfTiles)
        {
            foreach (var channels in new[] { Outputs >= _plan.Rows ? _plan.Rows : 0, Outputs % _plan.Rows }.Where(channels => channels > 0))
            {
                EmitTile(writer, rows, channels);
            }
        }

        EmitResults(writer);
    }

    private void EmitMethod(IndentedWriter writer)
    {
        writer.Line();
        writer.Line($"/// <summary>{_dialect.Title}, F({_winograd.Size}×{_winograd.Size}, 3×3).</summary>");
        Begin(writer, $"{_name}({_packedClass} layer, ref byte input, ref byte added, ref byte output, ref byte scratch)", () =>
        {
            writer.Line("// A copy of the map with a border, as large as whole tiles need it.");
            writer.Line("ref var map = ref layer.EnterTiles(ref input, ref scratch);");
            writer.Line($"ref var windows = ref Unsafe.As<byte, float>(ref Unsafe.Add(ref scratch, {_winograd.MapBytes}));");
            writer.Line($"ref var products = ref Unsafe.As<byte, float>(ref Unsafe.Add(ref scratch, {_winograd.MapBytes + _winograd.WindowBytes}));");
            writer.Line($"ref var between = ref Unsafe.As<byte, float>(ref Unsafe.Add(ref scratch, {_winograd.MapBytes + _winograd.WindowBytes + _winograd.ProductBytes}));");
            writer.Line($"// {_winograd.Tiles} tile(s) of {_winograd.Size}×{_winograd.Size} results, {_winograd.BlockTiles} at a time.");
            using (writer.Begin($"for (nuint first = 0; first < {_winograd.Tiles}; first += {_winograd.BlockTiles})"))
            {
                writer.Line($"var end = Math.Min(first + {_winograd.BlockTiles}, (nuint){_winograd.Tiles});");
                writer.Line($"{_name}Windows(ref map, ref windows, ref between, first, end);");
                writer.Line($"// {_winograd.Positions} matrix products, one for each position. Rows that the last block has not are multiplied too, and their products left alone.");
                using (writer.Begin($"for (nuint position = 0; position < {_winograd.Positions}; position++)"))
                {
                    EmitProducts(writer);
                }

                writer.Line();
                writer.Line($"{_name}Results(layer, ref products, ref between, ref added, ref output, first, end);");
            }

            writer.Line();
            writer.Line("layer.Leave(ref output);");
        });
    }

    private void EmitProducts(IndentedWriter writer)
    {
        var (full, rest) = (Outputs / _plan.Rows * _plan.Rows, Outputs % _plan.Rows);
        writer.Line($"ref var plane = ref Unsafe.Add(ref windows, position * {WindowPlane});");
        writer.Line($"ref var sums = ref Unsafe.Add(ref products, position * {ProductPlane});");
        writer.Line($"ref var weights = ref Unsafe.Add(ref layer.Weights, position * {Geometry.Channels * Outputs});");
        if (full > 0)
        {
            using (writer.Begin($"for (nuint channel = 0; channel < {full}; channel += {_plan.Rows})"))
            {
                EmitRows(writer, _plan.Rows);
                writer.Line();
                writer.Line($"weights = ref Unsafe.Add(ref weights, {Geometry.Channels * _plan.Rows});");
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
        var from = 0;
        for (var i = 0; i < _rowsOfTiles.Length; i++)
        {
            var rows = _rowsOfTiles[i];
            var to = i + 1 < _rowsOfTiles.Length ? _largerRows * rows : _winograd.BlockTiles;
            using (writer.Begin($"for (nuint row = {from}; row < {to}; row += {rows})"))
            {
                writer.Line($"{TileName(rows, channels)}(ref Unsafe.Add(ref plane, row * {Geometry.Pitch}), ref weights, ref Unsafe.Add(ref sums, (row * {Outputs}) + channel));");
            }

            from = to;
        }
    }

    private void EmitTile(IndentedWriter writer, int rows, int channels)
    {
        var vectors = channels / _dialect.Lanes;
        writer.Line();
        writer.Line($"/// <summary>{rows} window(s) times the weights of {channels} output channels.</summary>");
        Begin(writer, $"{TileName(rows, channels)}(ref float plane, ref float weights, ref float sums)", () =>
        {
            for (var r = 0; r < rows; r++)
            {
                writer.Line($"ref var window{r} = ref {(r == 0 ? "plane" : $"Unsafe.Add(ref plane, {r * Geometry.Pitch})")};");
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"var sum{r}{v} = {Vector}<float>.Zero;");
                }
            }

            writer.Line();
            writer.Line("nuint at = 0;");
            using (writer.Begin("do", $"}} while (at < {Geometry.Channels});"))
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"var weights{v} = {Vector}.LoadUnsafe(ref weights{(v == 0 ? "" : $", {v * _dialect.Lanes}")});");
                }

                for (var r = 0; r < rows; r++)
                {
                    writer.Line($"var number{r} = {Vector}.Create(Unsafe.Add(ref window{r}, at));");
                    for (var v = 0; v < vectors; v++)
                    {
                        writer.Line($"sum{r}{v} = {Vector}.MultiplyAddEstimate(number{r}, weights{v}, sum{r}{v});");
                    }
                }

                WeightsAhead.Emit(writer, _dialect, (long)_winograd.Positions * Geometry.Channels * Outputs * sizeof(float), channels * sizeof(float), sizeof(float));
                writer.Line($"weights = ref Unsafe.Add(ref weights, {channels});");
                writer.Line("at++;");
            }

            writer.Line();
            for (var r = 0; r < rows; r++)
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"sum{r}{v}.StoreUnsafe(ref sums, {(r * Outputs) + (v * _dialect.Lanes)});");
                }
            }
        });
    }

    /// <summary>Tiles of the map to every position: rows first, then columns, a vector of channels at a time.</summary>
    private void EmitWindows(IndentedWriter writer)
    {
        var (reach, lanes) = (_winograd.Reach, _dialect.Lanes);
        writer.Line();
        writer.Line("/// <summary>Transforms the windows of a block of tiles, a vector of channels at a time.</summary>");
        Begin(writer, $"{_name}Windows(ref float map, ref float windows, ref float between, nuint first, nuint end)", () =>
        {
            using (writer.Begin("for (var tile = first; tile < end; tile++)"))
            {
                writer.Line($"var (top, left) = (tile / {_winograd.TilesWide} * {_winograd.Size}, tile % {_winograd.TilesWide} * {_winograd.Size});");
                writer.Line($"ref var from = ref Unsafe.Add(ref map, ((top * {_winograd.MapWidth}) + left) * {Geometry.Pitch});");
                writer.Line($"ref var to = ref Unsafe.Add(ref windows, (tile - first) * {Geometry.Pitch});");
                using (writer.Begin($"for (nuint channel = 0; channel < {Geometry.Pitch}; channel += {lanes})"))
                {
                    Loop(writer, "column", reach, () =>
                    {
                        Load(writer, reach, i => $"ref from, channel + (column * {Geometry.Pitch}) + {i * _winograd.MapWidth * Geometry.Pitch}");
                        Lines(writer, WinogradTransform.Windows(_winograd.Size, Vector));
                        Store(writer, reach, i => $"ref between, (column * {lanes}) + {i * reach * lanes}");
                    });
                    Loop(writer, "row", reach, () =>
                    {
                        Load(writer, reach, i => $"ref between, (row * {reach * lanes}) + {i * lanes}");
                        Lines(writer, WinogradTransform.Windows(_winograd.Size, Vector));
                        Store(writer, reach, i => $"ref to, channel + (row * {reach * WindowPlane}) + {i * WindowPlane}");
                    });
                }
            }
        });
    }

    /// <summary>Products back to results, with bias, addition and ReLU; the last tiles leave out what lies beyond the map.</summary>
    private void EmitResults(IndentedWriter writer)
    {
        var (reach, size, lanes) = (_winograd.Reach, _winograd.Size, _dialect.Lanes);
        writer.Line();
        writer.Line("/// <summary>Transforms the products of a block of tiles back, adds what is to be added, and leaves.</summary>");
        Begin(writer, $"{_name}Results({_packedClass} layer, ref float products, ref float between, ref byte added, ref byte output, nuint first, nuint end)", () =>
        {
            writer.Line("ref var others = ref Unsafe.As<byte, float>(ref added);");
            writer.Line("ref var results = ref Unsafe.As<byte, float>(ref output);");
            using (writer.Begin("for (var tile = first; tile < end; tile++)"))
            {
                writer.Line($"var (top, left) = (tile / {_winograd.TilesWide} * {size}, tile % {_winograd.TilesWide} * {size});");
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
                        Load(writer, reach, i => $"ref from, channel + (column * {ProductPlane}) + {i * reach * ProductPlane}");
                        Lines(writer, WinogradTransform.Results(size, Vector));
                        Store(writer, size, i => $"ref between, (column * {lanes}) + {i * reach * lanes}");
                    });
                    writer.Line($"var bias = {Vector}.LoadUnsafe(ref layer.Bias, channel);");
                    writer.Line("var place = (pixel * layer.OutputStride) + channel;");
                    writer.Line("var addedPlace = (pixel * layer.AddedStride) + channel;");
                    using (writer.Begin("for (nuint row = 0; row < rows; row++)"))
                    {
                        Load(writer, reach, i => $"ref between, (row * {reach * lanes}) + {i * lanes}");
                        Lines(writer, WinogradTransform.Results(size, Vector));
                        for (var i = 0; i < size; i++)
                        {
                            writer.Line($"t{i} += bias;");
                        }

                        Conditional(writer, "layer.Adds", size, i => $"t{i} += {Vector}.LoadUnsafe(ref others, {Times("addedPlace", "layer.AddedStride", i)});");
                        using (writer.Begin("if (layer.Rectifies)"))
                        {
                            for (var i = 0; i < size; i++)
                            {
                                writer.Line(FloatEnding.Relu(_dialect, $"t{i}"));
                            }
                        }

                        writer.Line();
                        Conditional(writer, null, size, i => $"t{i}.StoreUnsafe(ref results, {Times("place", "layer.OutputStride", i)});");
                        writer.Line($"place += {Geometry.OutputWidth} * layer.OutputStride;");
                        writer.Line($"addedPlace += {Geometry.OutputWidth} * layer.AddedStride;");
                    }
                }
            }
        });
    }

    /// <summary>Statements for each column of a tile: beyond the map they are left out.</summary>
    private void Conditional(IndentedWriter writer, string? condition, int size, Func<int, string> statement)
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

    private static string Times(string place, string stride, int times) => times switch { 0 => place, 1 => $"{place} + {stride}", _ => $"{place} + ({times} * {stride})" };

    private void Load(IndentedWriter writer, int count, Func<int, string> place) =>
        Lines(writer, Enumerable.Range(0, count).Select(i => $"var d{i} = {Vector}.LoadUnsafe({place(i)});"));

    private static void Store(IndentedWriter writer, int count, Func<int, string> place) =>
        Lines(writer, Enumerable.Range(0, count).Select(i => $"t{i}.StoreUnsafe({place(i)});"));

    private static void Lines(IndentedWriter writer, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            writer.Line(line);
        }
    }

    private static void Loop(IndentedWriter writer, string name, int count, Action emitBody)
    {
        using (writer.Begin($"for (nuint {name} = 0; {name} < {count}; {name}++)"))
        {
            emitBody();
        }

        writer.Line();
    }

    private static void Begin(IndentedWriter writer, string signature, Action emitBody)
    {
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {signature}"))
        {
            emitBody();
        }
    }

    private string TileName(int rows, int channels) => $"{_name}Tile{rows}x{channels}";
}
