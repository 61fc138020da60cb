using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>What ends every float kernel: ReLU in place, other activations in a pass of their own.</summary>
internal static class FloatEnding
{
    /// <summary>Negative values and NaN become 0, on every processor.</summary>
    public static string Relu(Dialect dialect, string value) =>
        $"{value} = {dialect.Vector}.ConditionalSelect({dialect.Vector}.GreaterThan({value}, {dialect.Vector}<float>.Zero), {value}, {dialect.Vector}<float>.Zero);";

    public static void Emit(IndentedWriter writer, LayerFacts facts, Dialect dialect, string sum, string position)
    {
        if (facts.Definition.Activation == ActivationKind.Relu)
        {
            writer.Line(Relu(dialect, sum));
        }

        writer.Line(dialect.StoreVector(sum, $"ref floats, {position}"));
    }
}
