using System.Linq;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// What ends a vector of pixels of one output channel: scale, what is added, clamp, then codes or floats, which wait side by side until the tile has all channels. The
/// sums are apart as interleaving left them; packing puts codes back in order, and floats are stored by parts of 128 bits.
/// </summary>
internal static class SparseMapEnding
{
    private const int Sums = 4;

    public static void Emit(IndentedWriter writer, Dialect dialect)
    {
        var vector = dialect.Vector;
        writer.Line($"var multiplier = {vector}.Create(Unsafe.Add(ref layer.Multipliers, channel));");
        Each(writer, sum => $"var value{sum} = {vector}.ConvertToSingle(sum{sum}) * multiplier;");
        using (writer.Begin("if (layer.Adds)"))
        {
            using (writer.Begin("if (layer.AddsCodes)"))
            {
                EmitAddedCodes(writer, dialect);
            }

            using (writer.Begin("else"))
            {
                writer.Line("ref var numbers = ref Unsafe.As<byte, float>(ref added);");
                Each(writer, sum => $"value{sum} += {Load(dialect, sum)};");
            }
        }

        writer.Line();
        using (writer.Begin("if (layer.GivesFloats)"))
        {
            using (writer.Begin("if (layer.Rectifies)"))
            {
                Each(writer, sum => FloatEnding.Relu(dialect, $"value{sum}"));
            }

            writer.Line();
            writer.Line("ref var floats = ref Unsafe.As<byte, float>(ref results);");
            Each(writer, sum => string.Join("\n", Enumerable.Range(0, dialect.Lanes / 4).Select(part => $"value{sum}{Part(dialect, part)}.StoreUnsafe(ref floats, {Place(dialect, part, sum)});")));
            writer.Line("continue;");
        }

        writer.Line();
        writer.Line($"var (lowest, highest) = ({vector}.Create(layer.Lowest), {vector}.Create(layer.Highest));");
        Each(writer, sum => $"var code{sum} = {dialect.Round($"{vector}.MinNative({vector}.MaxNative(value{sum}, lowest), highest)")};");
        writer.Line($"var zeroPoint = {vector}.Create((short)layer.ZeroPoint);");
        writer.Line($"var low = {dialect.NarrowSteps("code0", "code1")} + zeroPoint;");
        writer.Line($"var high = {dialect.NarrowSteps("code2", "code3")} + zeroPoint;");
        writer.Line(dialect.StoreVector(dialect.PackCodes("low", "high"), $"ref results, channel * {dialect.Bytes}"));
    }

    private static void EmitAddedCodes(IndentedWriter writer, Dialect dialect)
    {
        var vector = dialect.Vector;
        writer.Line($"var codes = {vector}.LoadUnsafe(ref added, channel * {dialect.Bytes});");
        writer.Line($"var lowCodes = {dialect.As("Int16", dialect.Interleave(true, "codes", $"{vector}<byte>.Zero"))};");
        writer.Line($"var highCodes = {dialect.As("Int16", dialect.Interleave(false, "codes", $"{vector}<byte>.Zero"))};");
        writer.Line($"var addedZeroPoint = {vector}.Create(layer.AddedZeroPoint);");
        writer.Line($"var addedMultiplier = {vector}.Create(layer.AddedMultiplier);");
        Each(writer, sum => $"var other{sum} = {vector}.ConvertToSingle({dialect.InterleaveShorts(sum % 2 == 0, sum < 2 ? "lowCodes" : "highCodes", $"{vector}<short>.Zero")}.AsInt32() - addedZeroPoint) * addedMultiplier;");
        Each(writer, sum => $"value{sum} += other{sum};");
    }

    private static void Each(IndentedWriter writer, System.Func<int, string> line)
    {
        for (var sum = 0; sum < Sums; sum++)
        {
            writer.Line(line(sum));
        }
    }

    /// <summary>Where a part of a sum belongs: interleaving leaves each 128 bits of a vector of codes to themselves.</summary>
    private static string Place(Dialect dialect, int part, int sum) => $"(channel * {dialect.Bytes}) + {(16 * part) + (4 * sum)}";

    private static string Part(Dialect dialect, int part) => dialect.Lanes switch
    {
        4 => "",
        8 => part == 0 ? ".GetLower()" : ".GetUpper()",
        _ => (part / 2 == 0 ? ".GetLower()" : ".GetUpper()") + (part % 2 == 0 ? ".GetLower()" : ".GetUpper()"),
    };

    private static string Load(Dialect dialect, int sum)
    {
        var parts = Enumerable.Range(0, dialect.Lanes / 4).Select(part => $"Vector128.LoadUnsafe(ref numbers, {Place(dialect, part, sum)})").ToArray();
        return parts.Length switch
        {
            1 => parts[0],
            2 => $"Vector256.Create({parts[0]}, {parts[1]})",
            _ => $"Vector512.Create(Vector256.Create({parts[0]}, {parts[1]}), Vector256.Create({parts[2]}, {parts[3]}))",
        };
    }
}
