using Espalier;

namespace Zoo;

/// <summary>What parameters take at a precision, without coding: weights and biases alike.</summary>
internal static class LayerBytes
{
    /// <summary>The precisions of the table's columns, with their bits.</summary>
    public static readonly (Precision Precision, int Bits)[] Columns =
        [(Precision.Fp32, 32), (Precision.Fp16, 16), (Precision.Int8, 8), (Precision.Int4, 4), (Precision.Ternary, 2), (Precision.Binary, 1)];

    public static long Of(long parameters, int bits) => ((parameters * bits) + 7) / 8;
}
