using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// Winograd's minimal filtering in integers: transformed codes and weights of 16 bits, multiplied in pairs of channels and summed in 32 bits that may wrap. Everything is
/// exact modulo 2³², so the results are once they are divided by what they are too large by.
/// </summary>
internal sealed class IntegerWinogradKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    : WinogradKernel(facts, plan, dialect, packedClass, name)
{
    private string LeaveName => $"{Name}Leave";

    /// <summary>Pairs of channels.</summary>
    private int Pairs => Layout.Tiles(Geometry.Channels, 2);

    private protected override string Number => "int";

    private protected override int WeightNumbers => Pairs * Outputs;

    private protected override int RowPitch => Geometry.Pitch / 2;

    private protected override int WindowPitch => WindowPlane / 2;

    private protected override string WindowArguments => "ref Unsafe.As<int, short>(ref windows), ref Unsafe.As<int, short>(ref between)";

    private protected override void EmitStart(IndentedWriter writer)
    {
        writer.Line("// Weights whose sums may outgrow what is left of 32 bits: the scalar twin has 64.");
        using (writer.Begin("if (!layer.SumsHold)"))
        {
            writer.Line("layer.RunScalar(ref input, ref added, ref output, ref scratch);");
            writer.Line("return;");
        }

        writer.Line();
    }

    private protected override void EmitTile(IndentedWriter writer, int rows, int channels)
    {
        var vectors = channels / Dialect.Lanes;
        writer.Line();
        writer.Line($"/// <summary>{rows} window(s) times the weights of {channels} output channels, two input channels at a time.</summary>");
        Begin(writer, $"{TileName(rows, channels)}(ref int plane, ref int weights, ref int sums)", () =>
        {
            for (var r = 0; r < rows; r++)
            {
                writer.Line($"ref var window{r} = ref {(r == 0 ? "plane" : $"Unsafe.Add(ref plane, {r * RowPitch})")};");
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"var sum{r}{v} = {Vector}<int>.Zero;");
                }
            }

            writer.Line();
            writer.Line("nuint at = 0;");
            using (writer.Begin("do", $"}} while (at < {Pairs});"))
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"var weights{v} = {Vector}.LoadUnsafe(ref weights{(v == 0 ? "" : $", {v * Dialect.Lanes}")}).AsInt16();");
                }

                for (var r = 0; r < rows; r++)
                {
                    writer.Line($"var pair{r} = {Vector}.Create(Unsafe.Add(ref window{r}, at)).AsInt16();");
                    EmitProducts(writer, r, vectors);
                }

                writer.Line($"weights = ref Unsafe.Add(ref weights, {channels});");
                writer.Line("at++;");
            }

            writer.Line();
            for (var r = 0; r < rows; r++)
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"sum{r}{v}.StoreUnsafe(ref sums, {(r * Outputs) + (v * Dialect.Lanes)});");
                }
            }
        });
    }

    /// <summary>Products first, then additions, as in direct convolutions.</summary>
    private void EmitProducts(IndentedWriter writer, int row, int vectors)
    {
        for (var v = 0; v < vectors; v++)
        {
            writer.Line(Dialect.AccumulateShorts($"sum{row}{v}", $"pair{row}", $"weights{v}") is { } sum
                ? $"sum{row}{v} = {sum};"
                : $"var product{row}{v} = {Dialect.MultiplyShorts($"pair{row}", $"weights{v}")};");
        }

        for (var v = 0; v < vectors && Dialect.AccumulateShorts("", "", "") is null; v++)
        {
            writer.Line($"sum{row}{v} += product{row}{v};");
        }
    }

    private protected override void EmitWindows(IndentedWriter writer)
    {
        // A pixel is a multiple of 16 codes, not always of 32.
        var dialect = Geometry.Pitch % (2 * Dialect.Lanes) == 0 ? Dialect : DialectList.For(Tier.Avx2);
        var (reach, lanes, size) = (Winograd.Reach, 2 * dialect.Lanes, Winograd.Size);
        writer.Line();
        writer.Line("/// <summary>Transforms the windows of a block of tiles, a vector of channels at a time.</summary>");
        Begin(writer, $"{Name}Windows(ref byte map, ref short windows, ref short between, nuint first, nuint end)", () =>
        {
            using (writer.Begin("for (var tile = first; tile < end; tile++)"))
            {
                writer.Line($"var (top, left) = (tile / {Winograd.TilesWide} * {size}, tile % {Winograd.TilesWide} * {size});");
                writer.Line($"ref var from = ref Unsafe.Add(ref map, ((top * {Winograd.MapWidth}) + left) * {Geometry.Pitch});");
                writer.Line($"ref var to = ref Unsafe.Add(ref windows, (tile - first) * {Geometry.Pitch});");
                using (writer.Begin($"for (nuint channel = 0; channel < {Geometry.Pitch}; channel += {lanes})"))
                {
                    Loop(writer, "column", reach, () =>
                    {
                        Lines(writer, Enumerable.Range(0, reach).Select(i => $"var d{i} = {dialect.WidenToShorts("from", $"channel + (column * {Geometry.Pitch}) + {i * Winograd.MapWidth * Geometry.Pitch}")};"));
                        Lines(writer, IntegerWinogradTransform.Windows(size, dialect.Vector));
                        Store(writer, reach, i => $"ref between, (column * {lanes}) + {i * reach * lanes}");
                    });
                    Loop(writer, "row", reach, () =>
                    {
                        Lines(writer, Enumerable.Range(0, reach).Select(i => $"var d{i} = {dialect.Vector}.LoadUnsafe(ref between, (row * {reach * lanes}) + {i * lanes});"));
                        Lines(writer, IntegerWinogradTransform.Windows(size, dialect.Vector));
                        Store(writer, reach, i => $"ref to, channel + (row * {reach * WindowPlane}) + {i * WindowPlane}");
                    });
                }
            }
        });
    }

    private protected override void EmitResults(IndentedWriter writer)
    {
        var (reach, size, lanes) = (Winograd.Reach, Winograd.Size, Dialect.Lanes);
        writer.Line();
        writer.Line("/// <summary>Transforms the sums of a block of tiles back, divides, adds the bias, and leaves.</summary>");
        Begin(writer, $"{Name}Results({PackedClass} layer, ref int products, ref int between, ref byte added, ref byte output, nuint first, nuint end)", () =>
        {
            using (writer.Begin("for (var tile = first; tile < end; tile++)"))
            {
                writer.Line($"var (top, left) = (tile / {Winograd.TilesWide} * {size}, tile % {Winograd.TilesWide} * {size});");
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
                        Lines(writer, IntegerWinogradTransform.Results(size, Vector, scaled: true));
                        Store(writer, size, i => $"ref between, (column * {lanes}) + {i * reach * lanes}");
                    });
                    writer.Line($"var bias = {Vector}.LoadUnsafe(ref layer.Bias, channel);");
                    writer.Line("var place = (pixel * layer.OutputStride) + channel;");
                    writer.Line("var addedPlace = (pixel * layer.AddedStride) + channel;");
                    using (writer.Begin("for (nuint row = 0; row < rows; row++)"))
                    {
                        EmitRow(writer, reach, size, lanes);
                    }
                }
            }
        });
        IntegerMapEnding.EmitMethod(writer, Dialect, LeaveName, PackedClass);
    }

    private void EmitRow(IndentedWriter writer, int reach, int size, int lanes)
    {
        Load(writer, reach, i => $"ref between, (row * {reach * lanes}) + {i * lanes}");
        Lines(writer, IntegerWinogradTransform.Results(size, Vector, scaled: false));
        writer.Line(size == 4 ? "// 9 times a power of two too large: 954437177 is the inverse of 9 modulo 2³², and what the shift drops is 0." : "// Four times too large.");
        for (var i = 0; i < size; i++)
        {
            var product = size == 4 ? $"t{i} * {Vector}.Create(954437177)" : $"t{i}";
            writer.Line($"t{i} = {Vector}.ShiftRightArithmetic({product}, {(size == 4 ? 6 : 2) - IntegerWinogradTransform.Shift(size, i)}) + bias;");
        }

        Conditional(writer, null, size, i => $"{LeaveName}(layer, t{i}, channel, ref added, {Times("addedPlace", "layer.AddedStride", i)}, ref output, {Times("place", "layer.OutputStride", i)});");
        writer.Line($"place += {Geometry.OutputWidth} * layer.OutputStride;");
        writer.Line($"addedPlace += {Geometry.OutputWidth} * layer.AddedStride;");
    }
}
