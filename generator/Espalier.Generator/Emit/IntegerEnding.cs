using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>What ends every integer kernel: scale, activation and clamp, then codes or floats.</summary>
internal static class IntegerEnding
{
    /// <summary>Constants that the ending needs, loaded once per call.</summary>
    public static void EmitConstants(IndentedWriter writer, LayerFacts facts, Dialect dialect)
    {
        writer.Line("ref var bias = ref layer.Bias;");
        if (facts.Input == EdgeForm.Planes)
        {
            writer.Line("ref var highBias = ref layer.HighBias;");
        }

        writer.Line("ref var multipliers = ref layer.Multipliers;");
        if (facts.Output == EdgeForm.Floats)
        {
            writer.Line("ref var floats = ref Unsafe.As<byte, float>(ref output);");
            return;
        }

        writer.Line($"var lowest = {dialect.Vector}.Create(layer.Lowest);");
        writer.Line($"var highest = {dialect.Vector}.Create(layer.Highest);");
        writer.Line($"var zeroPoint = {dialect.Vector}.Create(layer.ZeroPoint);");
    }

    /// <summary>One vector of sums leaves.</summary>
    public static void Emit(IndentedWriter writer, LayerFacts facts, Dialect dialect, string sum, string position) =>
        Emit(writer, facts, dialect, sum, position, position);

    /// <summary>The same where a number does not leave to its position: one sample of several.</summary>
    public static void Emit(IndentedWriter writer, LayerFacts facts, Dialect dialect, string sum, string position, string place)
    {
        using (writer.Begin())
        {
            EmitStatements(writer, facts, dialect, sum, position, place);
        }
    }

    private static void EmitStatements(IndentedWriter writer, LayerFacts facts, Dialect dialect, string sum, string position, string place)
    {
        var number = $"{dialect.Vector}.ConvertToSingle({sum})";
        if (facts.Input == EdgeForm.Planes)
        {
            // In 32-bit integers the whole sum could overflow. In floats it cannot, and below 2²⁴ nothing is rounded before the addition.
            writer.Line("// Both planes meet in floats: each operation is rounded by IEEE 754, so these are the same bits everywhere.");
            writer.Line($"var whole = ({dialect.Vector}.ConvertToSingle({ActivationPlane.HighOf(sum)}) * {ActivationPlanes.HighWeight}f) + {number};");
            number = "whole";
        }

        var scaled = $"{number} * {dialect.Vector}.LoadUnsafe(ref multipliers, {position})";
        if (facts.Output == EdgeForm.Floats)
        {
            writer.Line($"var value = {scaled};");
            if (facts.Definition.Activation == ActivationKind.Relu)
            {
                writer.Line(FloatEnding.Relu(dialect, "value"));
            }

            writer.Line(dialect.StoreVector("value", $"ref floats, {place}"));
            return;
        }

        writer.Line($"var steps = {scaled};");
        writer.Line($"steps = {dialect.Vector}.MinNative({dialect.Vector}.MaxNative(steps, lowest), highest);");
        writer.Line($"var code = {dialect.Round("steps")} + zeroPoint;");
        if (facts.Output == EdgeForm.Planes)
        {
            EmitPlanes(writer, facts, dialect, place);
            return;
        }

        writer.Line(dialect.Store("code", place));
    }

    private static void EmitPlanes(IndentedWriter writer, LayerFacts facts, Dialect dialect, string place)
    {
        writer.Line($"// The next layer takes 14 bits: the low seven, and the high seven {ActivationPlanes.Stride(facts.Definition.Outputs)} bytes on.");
        writer.Line($"var lowBits = code & {dialect.Vector}.Create({ActivationPlanes.PlaneTop});");
        writer.Line($"var highBits = {dialect.Vector}.ShiftRightLogical(code, {ActivationPlanes.Bits});");
        using (writer.Begin())
        {
            writer.Line(dialect.Store("lowBits", place));
        }

        writer.Line();
        using (writer.Begin())
        {
            writer.Line(dialect.Store("highBits", $"({place}) + {ActivationPlanes.Stride(facts.Definition.Outputs)}"));
        }
    }

    /// <summary>What a kernel of many vectors of sums calls for each of them: <see cref="EmitMethod"/> writes it, once.</summary>
    public static string Call(LayerFacts facts, string sum, string position, string place) => facts.Output == EdgeForm.Floats
        ? $"Leave({sum}, ref multipliers, {position}, ref floats, {place});"
        : $"Leave({sum}, ref multipliers, {position}, lowest, highest, zeroPoint, ref output, {place});";

    /// <summary>The ending as a local function, inlined wherever it is called.</summary>
    public static void EmitMethod(IndentedWriter writer, LayerFacts facts, Dialect dialect)
    {
        var target = facts.Output == EdgeForm.Floats
            ? "ref float floats"
            : $"{dialect.Vector}<float> lowest, {dialect.Vector}<float> highest, {dialect.Vector}<int> zeroPoint, ref byte output";
        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Begin($"static void Leave({dialect.Vector}<int> sum, ref float multipliers, nuint position, {target}, nuint place)"))
        {
            EmitStatements(writer, facts, dialect, "sum", "position", "place");
        }
    }

    /// <summary>After the last sum: activations other than ReLU act on so many codes by table.</summary>
    public static void EmitTable(IndentedWriter writer, LayerFacts facts, string count, string layer = "layer", string? start = null)
    {
        if (facts.Output == EdgeForm.Codes && facts.Definition.Activation is (ActivationKind.Sigmoid or ActivationKind.Tanh))
        {
            writer.Line();
            writer.Line($"// {facts.Definition.Activation} on the grid: codes of sums become codes of activations by table, the same bits everywhere.");
            writer.Line($"{layer}.ApplyTable(MemoryMarshal.CreateSpan(ref {(start is null ? "output" : $"Unsafe.Add(ref output, {start})")}, {count}));");
        }
    }
}
