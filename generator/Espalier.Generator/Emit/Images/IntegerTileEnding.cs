using System;
using System.Linq;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// What ends a tile of an integer convolution: scale, the codes that are added, clamp, then codes, four vectors at a time; or the sums themselves, of which the packed
/// layer makes floats. The layer says which: the same kernel stands at several places. One question for a whole tile, and constants loaded once: asked for every vector
/// they took a fifth of short layers.
/// </summary>
internal static class IntegerTileEnding
{
    /// <summary>Writes the statements that end a tile: from <c>sum{pixel}{vector}</c> to the map.</summary>
    public static void Emit(IndentedWriter writer, Dialect dialect, string method, int pixels, int vectors)
    {
        writer.Line("var stride = layer.OutputStride;");
        writer.Line("var place = (pixel * stride) + channel;");
        using (writer.Begin("if (layer.GivesFloats)"))
        {
            EmitSums(writer, dialect, pixels, vectors);
        }

        using (writer.Begin("else"))
        {
            EmitSteps(writer, dialect, pixels, vectors);
            EmitCodes(writer, dialect, method, ConvolutionKernel.Each(pixels, vectors).ToArray());
        }
    }

    /// <summary>Writes the method that four vectors leave by.</summary>
    public static void EmitMethod(IndentedWriter writer, Dialect dialect, string method)
    {
        var (vector, lowest) = (dialect.Vector, dialect.Saturates ? "byte" : "float");
        string Step(string value) => dialect.Round($"{vector}.MinNative({(dialect.Saturates ? value : $"{vector}.MaxNative({value}, lowest)")}, highest)");
        writer.Line();
        writer.Line($"/// <summary>Four vectors become codes, one after the other{(dialect.Saturates ? ": what lies below the grid saturates, and the lowest code follows" : "")}.</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Begin($"private static {vector}<byte> {method}({vector}<float> a, {vector}<float> b, {vector}<float> c, {vector}<float> d, {vector}<{lowest}> lowest, {vector}<float> highest, {vector}<short> zeroPoint)"))
        {
            writer.Line($"var low = {dialect.NarrowSteps(Step("a"), Step("b"))} + zeroPoint;");
            writer.Line($"var high = {dialect.NarrowSteps(Step("c"), Step("d"))} + zeroPoint;");
            var codes = dialect.InOrder(dialect.PackCodes("low", "high"));
            writer.Line($"return {(dialect.Saturates ? $"{vector}.Max({codes}, lowest)" : codes)};");
        }
    }

    /// <summary>Floats are few layers' business: their sums stand where the floats will, and one method of the library ends them all.</summary>
    private static void EmitSums(IndentedWriter writer, Dialect dialect, int pixels, int vectors)
    {
        writer.Line("ref var sums = ref Unsafe.Add(ref Unsafe.As<byte, int>(ref output), place);");
        foreach (var (p, v) in ConvolutionKernel.Each(pixels, vectors))
        {
            if (v == 0 && p > 0)
            {
                writer.Line("sums = ref Unsafe.Add(ref sums, stride);");
            }

            writer.Line(dialect.StoreVector($"sum{p}{v}", $"ref sums{(v == 0 ? "" : $", {v * dialect.Lanes}")}"));
        }

        writer.Line($"layer.LeaveFloats(ref added, ref output, pixel, channel, {pixels}, {vectors * dialect.Lanes});");
    }

    private static void EmitSteps(IndentedWriter writer, Dialect dialect, int pixels, int vectors)
    {
        writer.Line("// Every product and every sum is rounded by itself, so that every processor gives the same bits.");
        for (var v = 0; v < vectors; v++)
        {
            writer.Line($"var multipliers{v} = {dialect.Vector}.LoadUnsafe(ref layer.Multipliers, {At("channel", v, dialect)});");
        }

        foreach (var (p, v) in ConvolutionKernel.Each(pixels, vectors))
        {
            writer.Line($"var value{p}{v} = {dialect.Vector}.ConvertToSingle(sum{p}{v}) * multipliers{v};");
        }

        using (writer.Begin("if (layer.Adds)"))
        {
            EmitAdditions(writer, dialect, pixels, vectors);
        }

        writer.Line();
        writer.Line($"var lowest = {dialect.Vector}.Create({(dialect.Saturates ? "(byte)((int)layer.Lowest + layer.ZeroPoint)" : "layer.Lowest")});");
        writer.Line($"var highest = {dialect.Vector}.Create(layer.Highest);");
        writer.Line($"var zeroPoint = {dialect.Vector}.Create((short)layer.ZeroPoint);");
    }

    private static void EmitAdditions(IndentedWriter writer, Dialect dialect, int pixels, int vectors)
    {
        writer.Line("var addedPlace = (pixel * layer.AddedStride) + channel;");
        writer.Line($"var addedZeroPoint = {dialect.Vector}.Create(layer.AddedZeroPoint);");
        writer.Line($"var addedMultiplier = {dialect.Vector}.Create(layer.AddedMultiplier);");
        foreach (var (p, v) in ConvolutionKernel.Each(pixels, vectors))
        {
            if (v == 0 && p > 0)
            {
                writer.Line("addedPlace += layer.AddedStride;");
            }

            writer.Line($"value{p}{v} += {dialect.Vector}.ConvertToSingle({dialect.WidenCodes("added", At("addedPlace", v, dialect))} - addedZeroPoint) * addedMultiplier;");
        }
    }

    private static void EmitCodes(IndentedWriter writer, Dialect dialect, string method, (int Pixel, int Vector)[] all)
    {
        for (var first = 0; first < all.Length; first += 4)
        {
            // A last vector that is no whole four goes along again.
            var four = Enumerable.Range(first, 4).Select(i => all[Math.Min(i, all.Length - 1)]).ToArray();
            var name = $"codes{first / 4}";
            writer.Line($"var {name} = {method}({string.Join(", ", four.Select(value => $"value{value.Pixel}{value.Vector}"))}, lowest, highest, zeroPoint);");
            for (var part = 0; part < 4 && first + part < all.Length;)
            {
                var (p, v) = four[part];
                if (v == 0 && p > 0)
                {
                    writer.Line("place += stride;");
                }

                // As much at once as belongs to one pixel.
                var parts = Enumerable.Range(1, 4).Last(count => count != 3 && part % count == 0 && part + count <= 4 && first + part + count <= all.Length && four[part + count - 1].Pixel == p);
                writer.Line(dialect.StorePart(name, part / parts, parts, At("place", v, dialect)));
                part += parts;
            }
        }
    }

    private static string At(string place, int vector, Dialect dialect) => ConvolutionKernel.Plus(place, vector * dialect.Lanes);
}
