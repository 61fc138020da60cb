using Espalier.Coding;

namespace Espalier;

/// <summary>The precisions of a layer in every version of the blob: 23 bits.</summary>
internal static class QuantizationBits
{
    public static void Write(BitWriter writer, QuantizationDescription quantization)
    {
        writer.Bits((uint)quantization.Weights, 4);
        writer.Bits((uint)quantization.Inputs, 4);
        writer.Bits((uint)quantization.Outputs, 4);
        writer.Bits((uint)quantization.Accumulators, 4);
        writer.Bits((uint)quantization.Gradients, 4);
        writer.Bits((uint)quantization.Rounding, 1);
        writer.Bits(quantization.MasterWeights ? 1u : 0, 1);
        writer.Bits(quantization.PerChannel ? 1u : 0, 1);
    }

    public static QuantizationDescription Read(BitReader reader) => new QuantizationDescription
    {
        Weights = (Precision)reader.Bits(4),
        Inputs = (Precision)reader.Bits(4),
        Outputs = (Precision)reader.Bits(4),
        Accumulators = (Precision)reader.Bits(4),
        Gradients = (Precision)reader.Bits(4),
        Rounding = (Rounding)reader.Bits(1),
        MasterWeights = reader.Bits(1) == 1,
        PerChannel = reader.Bits(1) == 1,
    };
}
