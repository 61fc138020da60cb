using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// A depthwise convolution in integers. The codes of four numbers of a window's row are interleaved, so that a vector's 32-bit lane has the four of one channel: four
/// such vectors hold the channels of a vector of bytes. Two products always fit 16 bits, and the twos are added in 32: nothing about weights has to be proved.
/// </summary>
internal sealed class IntegerDepthwiseKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    : DepthwiseKernel(facts, plan, dialect, packedClass, name)
{
    /// <summary>Vectors of sums of a vector of bytes.</summary>
    private const int Sums = 4;

    private protected override string Number => "byte";

    private protected override string Map => "layer.Enter(ref input, ref scratch)";

    private protected override string Products => "// Row by row of the windows, four numbers of a row together: their codes are interleaved, so that each 32-bit lane has those of one channel.";

    private protected override int RowWeights => Geometry.RowQuads * DepthwiseGeometry.QuadTaps;

    private protected override Dialect DialectOf(int width) => width == Dialect.Bytes ? Dialect : DialectList.For(Dialect.Tier, width / Sums);

    private protected override void EmitTilesStart(IndentedWriter writer, Dialect dialect)
    {
        writer.Line("ref var starts = ref layer.Starts(y);");
        if (!dialect.Accumulates && dialect.Ones.Length > 0)
        {
            writer.Line(dialect.Ones);
        }

        if (Tiles.Any(tiles => tiles.Left + tiles.Right > 0))
        {
            writer.Line($"var border = {dialect.Vector}.Create(layer.Border);");
        }
    }

    private protected override void EmitSums(IndentedWriter writer, Dialect dialect, int pixels)
    {
        writer.Line("// The bias, and what the rows outside of the map come to.");
        foreach (var (p, v) in ConvolutionKernel.Each(pixels, Sums))
        {
            writer.Line($"var sum{p}{v} = {(p == 0 ? $"{dialect.Vector}.LoadUnsafe(ref starts, {ConvolutionKernel.Plus("channel", v * dialect.Lanes)})" : $"sum0{v}")};");
        }
    }

    private protected override void EmitRow(IndentedWriter writer, Dialect dialect, RowTiles tiles)
    {
        for (var quad = 0; quad < Geometry.RowQuads; quad++)
        {
            for (var v = 0; v < Sums; v++)
            {
                var place = ((quad * Sums) + v) * dialect.Bytes;
                writer.Line($"var weights{quad}{v} = {dialect.As("SByte", $"{dialect.Vector}.LoadUnsafe(ref weights{(place == 0 ? "" : $", {place}")})")};");
            }

            for (var p = 0; p < tiles.Pixels; p++)
            {
                EmitQuad(writer, dialect, tiles, p, quad);
            }
        }
    }

    private protected override void EmitEnding(IndentedWriter writer, Dialect dialect, int pixels)
    {
        if (dialect.Lanes > 4)
        {
            writer.Line("// Interleaving went by parts of 128 bits: these put channels in order.");
            for (var p = 0; p < pixels; p++)
            {
                var before = string.Join(", ", Enumerable.Range(0, Sums).Select(v => $"sum{p}{v}"));
                writer.Line($"({before}) = {OrderName(dialect)}({before});");
            }
        }

        IntegerTileEnding.Emit(writer, dialect, LeaveName(dialect), pixels, Sums);
    }

    private protected override void EmitMethods(IndentedWriter writer)
    {
        foreach (var dialect in Widths.Select(DialectOf))
        {
            IntegerTileEnding.EmitMethod(writer, dialect, LeaveName(dialect));
            if (dialect.Lanes > 4)
            {
                DepthwiseOrder.EmitMethod(writer, dialect, OrderName(dialect));
            }
        }
    }

    private void EmitQuad(IndentedWriter writer, Dialect dialect, RowTiles tiles, int pixel, int quad)
    {
        string Name(string what) => $"{what}{pixel}{quad}";
        var codes = new string[DepthwiseGeometry.QuadTaps];
        for (var i = 0; i < codes.Length; i++)
        {
            var tap = (quad * codes.Length) + i;
            var column = RowTiles.Column(Geometry, pixel, tap);
            if (tap >= Geometry.Window.Width)
            {
                codes[i] = $"{dialect.Vector}<byte>.Zero";
            }
            else if (!tiles.IsInside(Geometry, column))
            {
                codes[i] = "border";
            }
            else
            {
                codes[i] = Name("tap") + i;
                writer.Line($"var {codes[i]} = {dialect.Vector}.LoadUnsafe(ref numbers{Column(tiles, column)});");
            }
        }

        writer.Line($"var {Name("low")} = {dialect.As("Int16", dialect.Interleave(true, codes[0], codes[1]))};");
        writer.Line($"var {Name("high")} = {dialect.As("Int16", dialect.Interleave(false, codes[0], codes[1]))};");
        var (lowOther, highOther) = ($"{dialect.Vector}<short>.Zero", $"{dialect.Vector}<short>.Zero");
        if ((quad * codes.Length) + 2 < Geometry.Window.Width)
        {
            (lowOther, highOther) = (Name("lowOther"), Name("highOther"));
            writer.Line($"var {lowOther} = {dialect.As("Int16", dialect.Interleave(true, codes[2], codes[3]))};");
            writer.Line($"var {highOther} = {dialect.As("Int16", dialect.Interleave(false, codes[2], codes[3]))};");
        }

        for (var v = 0; v < Sums; v++)
        {
            var four = dialect.As("Byte", dialect.InterleaveShorts(v % 2 == 0, Name(v < 2 ? "low" : "high"), v < 2 ? lowOther : highOther));
            var (sum, weights) = ($"sum{pixel}{v}", $"weights{quad}{v}");
            writer.Line($"{sum} = {dialect.Accumulate(sum, four, weights) ?? $"{sum} + {dialect.AddNeighbours(dialect.MultiplyAdd(four, weights))}"};");
        }
    }

    private string LeaveName(Dialect dialect) => $"{Name}Codes{dialect.Bytes}";

    private string OrderName(Dialect dialect) => $"{Name}InOrder{dialect.Bytes}";
}
