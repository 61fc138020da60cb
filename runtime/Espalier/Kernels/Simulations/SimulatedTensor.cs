using System;

namespace Espalier.Kernels;

/// <summary>What passes between two layers of a simulated prediction, channel by channel, row by row: floats, or codes on a grid.</summary>
/// <param name="Floats">fp32 values; of a tensor that enters an addition as sums, in steps of the addition's grid. Null where codes pass.</param>
/// <param name="Codes">Codes, or null.</param>
/// <param name="Grid">The grid of codes, or null.</param>
internal readonly record struct SimulatedTensor(float[]? Floats, ushort[]? Codes, ActivationGrid? Grid)
{
    public static SimulatedTensor Of(float[] floats) => new(floats, null, null);

    public static SimulatedTensor Of(ushort[] codes, ActivationGrid grid) => new(null, codes, grid);

    /// <summary>Codes of floats.</summary>
    public static SimulatedTensor Encoded(ReadOnlySpan<float> values, InputEncoder encoder)
    {
        var codes = new ushort[values.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = encoder.Encode(values[i]);
        }

        return Of(codes, encoder.Grid);
    }
}
