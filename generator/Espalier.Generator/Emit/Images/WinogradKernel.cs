using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>A 3×3 convolution by Winograd's minimal filtering: windows are transformed, multiplied position by position, and the products transformed back.</summary>
internal abstract class WinogradKernel
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

    /// <summary>Numbers of the packed weights of one position.</summary>
    private protected abstract int WeightNumbers { get; }

    /// <summary>Numbers from one transformed window to the next at a position.</summary>
    private protected abstract int RowPitch { get; }

    /// <summary>Numbers from one position's windows to the next one's.</summary>
    private protected abstract int WindowPitch { get; }

    /// <summary>What the windows' transform writes to.</summary>
    private protected abstract string WindowArguments { get; }

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

    /// <summary>Writes the method that multiplies some windows with the weights of some output channels.</summary>
    private protected abstract void EmitTile(IndentedWriter writer, int rows, int channels);

    /// <summary>Writes the method that transforms the windows of a block of tiles.</summary>
    private protected abstract void EmitWindows(IndentedWriter writer);

    /// <summary>Writes the method that transforms products back and ends them.</summary>
    private protected abstract void EmitResults(IndentedWriter writer);

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
            writer.Line($"ref var between = ref Unsafe.As<byte, {Number}>(ref Unsafe.Add(ref scratch, {Winograd.MapBytes + Winograd.WindowBytes + Winograd.ProductBytes}));");
            writer.Line($"// {Winograd.Tiles} tile(s) of {Winograd.Size}×{Winograd.Size} results, {Winograd.BlockTiles} at a time.");
            using (writer.Begin($"for (nuint first = 0; first < {Winograd.Tiles}; first += {Winograd.BlockTiles})"))
            {
                writer.Line($"var end = Math.Min(first + {Winograd.BlockTiles}, (nuint){Winograd.Tiles});");
                writer.Line($"{Name}Windows(ref map, {WindowArguments}, first, end);");
                writer.Line($"// {Winograd.Positions} matrix products, one for each position. Rows that the last block has not are multiplied too, and their products left alone.");
                using (writer.Begin($"for (nuint position = 0; position < {Winograd.Positions}; position++)"))
                {
                    EmitProducts(writer);
                }

                writer.Line();
                writer.Line($"{Name}Results(layer, ref products, ref between, ref added, ref output, first, end);");
            }

            writer.Line();
            writer.Line("layer.Leave(ref output);");
        });
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
                writer.Line($"weights = ref Unsafe.Add(ref weights, {WeightNumbers / Outputs * Plan.Rows});");
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
            var to = i + 1 < _rowsOfTiles.Length ? _largerRows * rows : Winograd.BlockTiles;
            using (writer.Begin($"for (nuint row = {from}; row < {to}; row += {rows})"))
            {
                writer.Line($"{TileName(rows, channels)}(ref Unsafe.Add(ref plane, row * {RowPitch}), ref weights, ref Unsafe.Add(ref sums, (row * {Outputs}) + channel));");
            }

            from = to;
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

    private protected static string Times(string place, string stride, int times) => times switch { 0 => place, 1 => $"{place} + {stride}", _ => $"{place} + ({times} * {stride})" };

    private protected void Load(IndentedWriter writer, int count, Func<int, string> place) =>
        Lines(writer, Enumerable.Range(0, count).Select(i => $"var d{i} = {Vector}.LoadUnsafe({place(i)});"));

    private protected static void Store(IndentedWriter writer, int count, Func<int, string> place) =>
        Lines(writer, Enumerable.Range(0, count).Select(i => $"t{i}.StoreUnsafe({place(i)});"));

    private protected static void Lines(IndentedWriter writer, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            writer.Line(line);
        }
    }

    private protected static void Loop(IndentedWriter writer, string name, int count, Action emitBody)
    {
        using (writer.Begin($"for (nuint {name} = 0; {name} < {count}; {name}++)"))
        {
            emitBody();
        }

        writer.Line();
    }

    private protected static void Begin(IndentedWriter writer, string signature, Action emitBody)
    {
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {signature}"))
        {
            emitBody();
        }
    }

    private protected string TileName(int rows, int channels) => $"{Name}Tile{rows}x{channels}";
}
