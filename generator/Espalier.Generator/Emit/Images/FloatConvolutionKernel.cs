using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>A direct convolution in fp32: each number of a run times the weights of a tile's output channels, for all pixels of the tile.</summary>
internal sealed class FloatConvolutionKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    : ConvolutionKernel(facts, plan, dialect, packedClass, name)
{
    private protected override string Number => "float";

    private protected override int NumberBytes => sizeof(float);

    private protected override int Depth => Geometry.Window.Height * Geometry.RunsOfRow * RunLength;

    private protected override void EmitTile(IndentedWriter writer, int pixels, int vectors)
    {
        EmitWindows(writer, pixels);
        foreach (var (p, v) in Each(pixels, vectors))
        {
            writer.Line($"var sum{p}{v} = {(p == 0 ? $"{Dialect.Vector}.LoadUnsafe(ref layer.Bias, {Plus("channel", v * Dialect.Lanes)})" : $"sum0{v}")};");
        }

        writer.Line();
        EmitRuns(writer, () =>
        {
            EmitWhile(writer, "at", "run", RunLength, 1, () =>
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"var weights{v} = {Dialect.Vector}.LoadUnsafe(ref weights{(v == 0 ? "" : $", {v * Dialect.Lanes}")});");
                }

                for (var p = 0; p < pixels; p++)
                {
                    FloatProducts.Emit(writer, Dialect, p, vectors);
                }

                WeightsAhead.Emit(writer, Dialect, WeightBytes, vectors * Dialect.Bytes, NumberBytes);
                writer.Line($"weights = ref Unsafe.Add(ref weights, {vectors * Dialect.Lanes});");
            });
        });
        writer.Line();
        FloatMapEnding.Emit(writer, Dialect, pixels, vectors);
    }
}
