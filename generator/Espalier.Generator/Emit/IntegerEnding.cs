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
        var scaled = $"{dialect.Vector}.ConvertToSingle({sum}) * {dialect.Vector}.LoadUnsafe(ref multipliers, {position})";
        using (writer.Begin())
        {
            if (facts.Output == EdgeForm.Floats)
            {
                writer.Line($"var value = {scaled};");
                if (facts.Definition.Activation == ActivationKind.Relu)
                {
                    writer.Line(FloatEnding.Relu(dialect, "value"));
                }

                writer.Line($"value.StoreUnsafe(ref floats, {place});");
                return;
            }

            writer.Line($"var steps = {scaled};");
            writer.Line($"steps = {dialect.Vector}.MinNative({dialect.Vector}.MaxNative(steps, lowest), highest);");
            writer.Line($"var code = {dialect.Round("steps")} + zeroPoint;");
            writer.Line(dialect.Store("code", place));
        }
    }

    /// <summary>After the last sum: activations other than ReLU act on so many codes by table.</summary>
    public static void EmitTable(IndentedWriter writer, LayerFacts facts, string count, string layer = "layer")
    {
        if (facts.Output == EdgeForm.Codes && facts.Definition.Activation is (ActivationKind.Sigmoid or ActivationKind.Tanh))
        {
            writer.Line();
            writer.Line($"// {facts.Definition.Activation} on the grid: codes of sums become codes of activations by table, the same bits everywhere.");
            writer.Line($"{layer}.ApplyTable(MemoryMarshal.CreateSpan(ref output, {count}));");
        }
    }
}
