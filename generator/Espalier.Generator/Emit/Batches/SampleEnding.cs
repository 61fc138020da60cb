using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Batches;

/// <summary>
/// What ends a row of a kernel whose vectors lie across samples. The four sums hold, of every 16 samples in turn, the even and the
/// odd of the first eight and the even and the odd of the last eight; where a dialect keeps their order, four samples each.
/// </summary>
internal static class SampleEnding
{
    public static void Emit(IndentedWriter writer, LayerFacts facts, Dialect dialect)
    {
        writer.Line($"var multiplier = {dialect.Vector}.Create(Unsafe.Add(ref multipliers, row));");
        if (facts.Output == EdgeForm.Codes)
        {
            EmitCodes(writer, dialect);
            return;
        }

        writer.Line("ref var samples = ref Unsafe.As<int, float>(ref kept);");
        for (var i = 0; i < 4; i++)
        {
            writer.Line($"var value{i} = {dialect.Vector}.ConvertToSingle(sum{i}) * multiplier;");
            if (facts.Definition.Activation == ActivationKind.Relu)
            {
                writer.Line(FloatEnding.Relu(dialect, $"value{i}"));
            }
        }

        EmitFloats(writer, dialect);
    }

    private static void EmitCodes(IndentedWriter writer, Dialect dialect)
    {
        for (var i = 0; i < 4; i++)
        {
            var steps = $"{dialect.Vector}.ConvertToSingle(sum{i}) * multiplier";
            writer.Line($"var code{i} = {dialect.Round($"{dialect.Vector}.MinNative({dialect.Vector}.MaxNative({steps}, lowest), highest)")} + zeroPoint;");
        }

        var (low, high) = dialect.KeepsOrder
            ? ($"{dialect.Vector}.Narrow(code0, code1)", $"{dialect.Vector}.Narrow(code2, code3)")
            : ($"(code0 | {dialect.Vector}.ShiftLeft(code1, 16)).AsInt16()", $"(code2 | {dialect.Vector}.ShiftLeft(code3, 16)).AsInt16()");
        writer.Line(dialect.StoreVector(dialect.PackCodes(low, high), $"ref output, row * {ColumnsKernel.BlockSamples}"));
    }

    private static void EmitFloats(IndentedWriter writer, Dialect dialect)
    {
        if (dialect.KeepsOrder)
        {
            for (var i = 0; i < 4; i++)
            {
                writer.Line(dialect.StoreVector($"value{i}", $"ref samples, {i * dialect.Lanes}"));
            }

            return;
        }

        writer.Line("// Of every 16 samples in turn, four each.");
        writer.Line($"var first = {dialect.InterleaveFloats(true, "value0", "value1")};");
        writer.Line($"var second = {dialect.InterleaveFloats(false, "value0", "value1")};");
        writer.Line($"var third = {dialect.InterleaveFloats(true, "value2", "value3")};");
        writer.Line($"var fourth = {dialect.InterleaveFloats(false, "value2", "value3")};");
        var ordered = InOrder(writer, dialect.Lanes);
        for (var i = 0; i < ordered.Length; i++)
        {
            writer.Line(dialect.StoreVector(ordered[i], $"ref samples, {i * dialect.Lanes}"));
        }
    }

    /// <summary>Puts lanes of 128 bits, which hold four samples, one after the other.</summary>
    private static string[] InOrder(IndentedWriter writer, int lanes)
    {
        switch (lanes)
        {
            case 16:
                foreach (var (name, pair, selector) in new[] { ("near", "first, second", "0x88"), ("nearOdd", "first, second", "0xdd"), ("far", "third, fourth", "0x88"), ("farOdd", "third, fourth", "0xdd") })
                {
                    writer.Line($"var {name} = Avx512F.Shuffle4x128({pair}, {selector});");
                }

                return new[]
                {
                    "Avx512F.Shuffle4x128(near, far, 0x88)",
                    "Avx512F.Shuffle4x128(nearOdd, farOdd, 0x88)",
                    "Avx512F.Shuffle4x128(near, far, 0xdd)",
                    "Avx512F.Shuffle4x128(nearOdd, farOdd, 0xdd)",
                };
            case 8:
                return new[]
                {
                    "Avx.Permute2x128(first, second, 0x20)",
                    "Avx.Permute2x128(third, fourth, 0x20)",
                    "Avx.Permute2x128(first, second, 0x31)",
                    "Avx.Permute2x128(third, fourth, 0x31)",
                };
            default:
                return new[] { "first", "second", "third", "fourth" };
        }
    }
}
