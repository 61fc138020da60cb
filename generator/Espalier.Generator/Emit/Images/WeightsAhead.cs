using Espalier.Generator.Emit.Dialects;

namespace Espalier.Generator.Emit.Images;

/// <summary>Statements that ask for weights which a kernel comes to later, in layers whose weights do not stay near.</summary>
internal static class WeightsAhead
{
    /// <summary>Layers with fewer bytes of weights keep them in the second-level cache.</summary>
    private const int FewBytes = 256 * 1024;

    /// <summary>Bytes that one request brings.</summary>
    public const int Line = 64;

    /// <summary>Whether a layer's weights are asked for.</summary>
    /// <param name="dialect">The instruction set.</param>
    /// <param name="layerBytes">Bytes of all weights of the layer.</param>
    public static bool Has(Dialect dialect, long layerBytes) => dialect.BytesAhead > 0 && layerBytes >= FewBytes;

    /// <summary>Writes what a step asks for.</summary>
    /// <param name="writer">The kernel's text.</param>
    /// <param name="dialect">Its instruction set: it says how far ahead.</param>
    /// <param name="layerBytes">Bytes of all weights of the layer.</param>
    /// <param name="stepBytes">Bytes that a step reads from <c>weights</c> on.</param>
    /// <param name="numberBytes">Bytes of a weight.</param>
    public static void Emit(IndentedWriter writer, Dialect dialect, long layerBytes, int stepBytes, int numberBytes)
    {
        if (!Has(dialect, layerBytes))
        {
            return;
        }

        for (var line = 0; line < stepBytes; line += Line)
        {
            writer.Line($"NextWeights.Fetch(ref Unsafe.Add(ref weights, {(dialect.BytesAhead + line) / numberBytes}));");
        }
    }
}
