using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>Winograd's minimal filtering in floats.</summary>
internal sealed class FloatWinogradKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    : WinogradKernel(facts, plan, dialect, packedClass, name)
{
    private protected override string Number => "float";

    private protected override int WeightNumbers => Geometry.Channels * Outputs;

    private protected override int RowPitch => Geometry.Pitch;

    private protected override int WindowPitch => WindowPlane;

    private protected override string WindowArguments => "ref windows, ref between";

    private protected override void EmitTile(IndentedWriter writer, int rows, int channels)
    {
        var vectors = channels / Dialect.Lanes;
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
                    writer.Line($"var weights{v} = {Vector}.LoadUnsafe(ref weights{(v == 0 ? "" : $", {v * Dialect.Lanes}")});");
                }

                for (var r = 0; r < rows; r++)
                {
                    writer.Line($"var number{r} = {Vector}.Create(Unsafe.Add(ref window{r}, at));");
                    for (var v = 0; v < vectors; v++)
                    {
                        writer.Line($"sum{r}{v} = {Vector}.MultiplyAddEstimate(number{r}, weights{v}, sum{r}{v});");
                    }
                }

                WeightsAhead.Emit(writer, Dialect, (long)Winograd.Positions * Geometry.Channels * Outputs * sizeof(float), channels * sizeof(float), sizeof(float));
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

    /// <summary>Tiles of the map to every position: rows first, then columns, a vector of channels at a time.</summary>
    private protected override void EmitWindows(IndentedWriter writer)
    {
        var (reach, lanes) = (Winograd.Reach, Dialect.Lanes);
        writer.Line();
        writer.Line("/// <summary>Transforms the windows of a block of tiles, a vector of channels at a time.</summary>");
        Begin(writer, $"{Name}Windows(ref float map, ref float windows, ref float between, nuint first, nuint end)", () =>
        {
            using (writer.Begin("for (var tile = first; tile < end; tile++)"))
            {
                writer.Line($"var (top, left) = (tile / {Winograd.TilesWide} * {Winograd.Size}, tile % {Winograd.TilesWide} * {Winograd.Size});");
                writer.Line($"ref var from = ref Unsafe.Add(ref map, ((top * {Winograd.MapWidth}) + left) * {Geometry.Pitch});");
                writer.Line($"ref var to = ref Unsafe.Add(ref windows, (tile - first) * {Geometry.Pitch});");
                using (writer.Begin($"for (nuint channel = 0; channel < {Geometry.Pitch}; channel += {lanes})"))
                {
                    Loop(writer, "column", reach, () =>
                    {
                        Load(writer, reach, i => $"ref from, channel + (column * {Geometry.Pitch}) + {i * Winograd.MapWidth * Geometry.Pitch}");
                        Lines(writer, WinogradTransform.Windows(Winograd.Size, Vector));
                        Store(writer, reach, i => $"ref between, (column * {lanes}) + {i * reach * lanes}");
                    });
                    Loop(writer, "row", reach, () =>
                    {
                        Load(writer, reach, i => $"ref between, (row * {reach * lanes}) + {i * lanes}");
                        Lines(writer, WinogradTransform.Windows(Winograd.Size, Vector));
                        Store(writer, reach, i => $"ref to, channel + (row * {reach * WindowPlane}) + {i * WindowPlane}");
                    });
                }
            }
        });
    }

    /// <summary>Products back to results, with bias, addition and ReLU; the last tiles leave out what lies beyond the map.</summary>
    private protected override void EmitResults(IndentedWriter writer)
    {
        var (reach, size, lanes) = (Winograd.Reach, Winograd.Size, Dialect.Lanes);
        writer.Line();
        writer.Line("/// <summary>Transforms the products of a block of tiles back, adds what is to be added, and leaves.</summary>");
        Begin(writer, $"{Name}Results({PackedClass} layer, ref float products, ref float between, ref byte added, ref byte output, nuint first, nuint end)", () =>
        {
            writer.Line("ref var others = ref Unsafe.As<byte, float>(ref added);");
            writer.Line("ref var results = ref Unsafe.As<byte, float>(ref output);");
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
                                writer.Line(FloatEnding.Relu(Dialect, $"t{i}"));
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
}
