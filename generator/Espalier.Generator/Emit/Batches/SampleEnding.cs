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

        writer.Line($"ref var samples = ref Unsafe.Add(ref floats, leaves * {ColumnsKernel.BlockSamples});");
        foreach (var half in new[] { 0, 1 })
        {
            EmitFloats(writer, facts, dialect, half);
        }
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
        writer.Line($"{dialect.PackCodes(low, high)}.StoreUnsafe(ref output, row * {ColumnsKernel.BlockSamples});");
    }

    private static void EmitFloats(IndentedWriter writer, LayerFacts facts, Dialect dialect, int half)
    {
        var vector = dialect.Vector;
        var (even, odd) = ($"value{2 * half}", $"value{(2 * half) + 1}");
        for (var i = 2 * half; i < (2 * half) + 2; i++)
        {
            writer.Line($"var value{i} = {vector}.ConvertToSingle(sum{i}) * multiplier;");
            if (facts.Definition.Activation == ActivationKind.Relu)
            {
                writer.Line(FloatEnding.Relu(dialect, $"value{i}"));
            }
        }

        if (dialect.KeepsOrder)
        {
            writer.Line($"{even}.StoreUnsafe(ref samples, {8 * half});");
            writer.Line($"{odd}.StoreUnsafe(ref samples, {(8 * half) + 4});");
            return;
        }

        foreach (var part in new[] { "Lower", "Upper" })
        {
            var name = $"samples{half}{part}";
            string Widen(string value) => $"{vector}.Widen{part}({value}.AsUInt32())";
            writer.Line($"var {name} = ({Widen(even)} | {vector}.ShiftLeft({Widen(odd)}, 32)).AsSingle();");
            foreach (var (suffix, start) in Pieces(dialect, part == "Lower" ? 0 : 1))
            {
                writer.Line($"{name}{suffix}.StoreUnsafe(ref samples, {start + (8 * half)});");
            }
        }
    }

    /// <summary>Where the pieces of an interleaved vector belong: eight samples of every sixteen, or four with 128-bit vectors.</summary>
    private static (string Suffix, int Start)[] Pieces(Dialect dialect, int part) => dialect.Lanes switch
    {
        16 => new[] { (".GetLower()", 32 * part), (".GetUpper()", (32 * part) + 16) },
        8 => new[] { ("", 16 * part) },
        _ => new[] { ("", 4 * part) },
    };
}
