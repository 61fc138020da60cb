using Espalier.Generator.Emit.Dialects;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// What ends a vector of sums of an integer convolution by itself: scale, the map that is added, clamp, then codes or floats. The packed layer says which: the same
/// kernel stands at several places. For kernels whose sums do not come in tiles, as <see cref="IntegerTileEnding"/> takes them.
/// </summary>
internal static class IntegerMapEnding
{
    /// <summary>Writes the method that one vector of sums leaves by.</summary>
    public static void EmitMethod(IndentedWriter writer, Dialect dialect, string method, string packedClass)
    {
        writer.Line();
        writer.Line("/// <summary>One vector of sums leaves: a product, a product and their sum, each rounded by itself, so that every processor gives the same bits.</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Begin($"private static void {method}({packedClass} layer, {dialect.Vector}<int> sum, nuint channel, ref byte added, nuint addedPlace, ref byte output, nuint place)"))
        {
            writer.Line($"var value = {dialect.Vector}.ConvertToSingle(sum) * {dialect.Vector}.LoadUnsafe(ref layer.Multipliers, channel);");
            using (writer.Begin("if (layer.Adds)"))
            {
                using (writer.Begin("if (layer.AddsCodes)"))
                {
                    writer.Line($"var other = {dialect.Vector}.ConvertToSingle({dialect.WidenCodes("added", "addedPlace")} - {dialect.Vector}.Create(layer.AddedZeroPoint)) * {dialect.Vector}.Create(layer.AddedMultiplier);");
                    writer.Line("value += other;");
                }

                using (writer.Begin("else"))
                {
                    writer.Line($"value += {dialect.Vector}.LoadUnsafe(ref Unsafe.As<byte, float>(ref added), addedPlace);");
                }
            }

            writer.Line();
            using (writer.Begin("if (layer.GivesFloats)"))
            {
                using (writer.Begin("if (layer.Rectifies)"))
                {
                    writer.Line(FloatEnding.Relu(dialect, "value"));
                }

                writer.Line();
                writer.Line(dialect.StoreVector("value", "ref Unsafe.As<byte, float>(ref output), place"));
                writer.Line("return;");
            }

            writer.Line();
            writer.Line($"value = {dialect.Vector}.MinNative({dialect.Vector}.MaxNative(value, {dialect.Vector}.Create(layer.Lowest)), {dialect.Vector}.Create(layer.Highest));");
            writer.Line($"var code = {dialect.Round("value")} + {dialect.Vector}.Create(layer.ZeroPoint);");
            writer.Line(dialect.Store("code", "place"));
        }
    }
}
