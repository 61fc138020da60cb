using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// A depthwise convolution in fp32: a number of a row is loaded once and multiplied for every pixel of the tile whose window it lies in. With a stride of 1 and three
/// columns that are twelve loads for 21 products, weights included.
/// </summary>
internal sealed class FloatDepthwiseKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    : DepthwiseKernel(facts, plan, dialect, packedClass, name)
{
    private protected override string Number => "float";

    private protected override string Map => "Unsafe.As<byte, float>(ref layer.Enter(ref input, ref scratch))";

    private protected override string Products => "// Row by row of the windows: a number is loaded once and multiplied for each pixel whose window it lies in.";

    private protected override int RowWeights => Geometry.Window.Width;

    private protected override Dialect DialectOf(int width) => Dialect;

    private protected override void EmitTilesStart(IndentedWriter writer, Dialect dialect) => writer.Line("ref var bias = ref layer.Bias;");

    private protected override void EmitSums(IndentedWriter writer, Dialect dialect, int pixels)
    {
        for (var p = 0; p < pixels; p++)
        {
            writer.Line($"var sum{p}0 = {(p == 0 ? $"{dialect.Vector}.LoadUnsafe(ref bias, channel)" : "sum00")};");
        }
    }

    private protected override void EmitRow(IndentedWriter writer, Dialect dialect, RowTiles tiles)
    {
        var taps = Enumerable.Range(0, Geometry.Window.Width);
        foreach (var tap in taps)
        {
            writer.Line($"var weights{tap} = {dialect.Vector}.LoadUnsafe(ref weights{(tap == 0 ? "" : $", {tap * dialect.Lanes}")});");
        }

        var uses = Enumerable.Range(0, tiles.Pixels).SelectMany(p => taps.Select(tap => (Pixel: p, Tap: tap, Column: RowTiles.Column(Geometry, p, tap))))
            .Where(use => tiles.IsInside(Geometry, use.Column)).GroupBy(use => use.Column).OrderBy(group => group.Key);
        foreach (var column in uses)
        {
            writer.Line($"var number{column.Key} = {dialect.Vector}.LoadUnsafe(ref numbers{Column(tiles, column.Key)});");
            foreach (var (p, tap, _) in column)
            {
                writer.Line($"sum{p}0 = {dialect.Vector}.MultiplyAddEstimate(number{column.Key}, weights{tap}, sum{p}0);");
            }
        }
    }

    private protected override void EmitEnding(IndentedWriter writer, Dialect dialect, int pixels) => FloatMapEnding.Emit(writer, dialect, pixels, 1);
}
