using Espalier.Generator.Emit.Dialects;

namespace Espalier.Generator.Emit.Images;

/// <summary>What ends a tile of a float convolution: the map that is added, if one is, and ReLU. The packed layer says so: the same kernel stands at several places.</summary>
internal static class FloatMapEnding
{
    public static void Emit(IndentedWriter writer, Dialect dialect, int pixels, int vectors)
    {
        using (writer.Begin("if (layer.Adds)"))
        {
            writer.Line("var addedStride = layer.AddedStride;");
            writer.Line("ref var others = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref added), (pixel * addedStride) + channel);");
            for (var p = 0; p < pixels; p++)
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line($"sum{p}{v} += {dialect.Vector}.LoadUnsafe(ref others{(v == 0 ? "" : $", {v * dialect.Lanes}")});");
                }

                if (p + 1 < pixels)
                {
                    writer.Line("others = ref Unsafe.Add(ref others, addedStride);");
                }
            }
        }

        writer.Line();
        using (writer.Begin("if (layer.Rectifies)"))
        {
            for (var p = 0; p < pixels; p++)
            {
                for (var v = 0; v < vectors; v++)
                {
                    writer.Line(FloatEnding.Relu(dialect, $"sum{p}{v}"));
                }
            }
        }

        writer.Line();
        writer.Line("var outputStride = layer.OutputStride;");
        writer.Line("ref var result = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref output), (pixel * outputStride) + channel);");
        for (var p = 0; p < pixels; p++)
        {
            for (var v = 0; v < vectors; v++)
            {
                writer.Line(dialect.StoreVector($"sum{p}{v}", $"ref result{(v == 0 ? "" : $", {v * dialect.Lanes}")}"));
            }

            if (p + 1 < pixels)
            {
                writer.Line("result = ref Unsafe.Add(ref result, outputStride);");
            }
        }
    }
}
