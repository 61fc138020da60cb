namespace Benchmarks.Onnx;

/// <summary>Weights as MatMulNBits takes them: by output, blocks of 32 inputs, two 4-bit codes a byte around 8, one scale a block.</summary>
/// <param name="Nibbles">The codes.</param>
/// <param name="Scales">One number per block.</param>
/// <param name="PerRow">Blocks per output.</param>
internal sealed record FourBitBlocks(byte[] Nibbles, float[] Scales, int PerRow)
{
    public const int Length = 32;
    private const int Middle = 8;

    public static FourBitBlocks From(DenseNetwork.Layer layer)
    {
        var perRow = (layer.Inputs + Length - 1) / Length;
        var nibbles = new byte[layer.Outputs * perRow * (Length / 2)];
        var scales = new float[layer.Outputs * perRow];
        Parallel.For(0, layer.Outputs, output =>
        {
            for (var block = 0; block < perRow; block++)
            {
                var start = block * Length;
                var end = Math.Min(start + Length, layer.Inputs);
                var top = 1;
                for (var input = start; input < end; input++)
                {
                    top = Math.Max(top, Math.Abs((int)layer.Codes[(input * layer.Outputs) + output]));
                }

                var index = (output * perRow) + block;
                var step = top / 7f;
                scales[index] = step * layer.Scale;
                for (var slot = 0; slot < Length; slot++)
                {
                    var input = start + slot;
                    var code = input < end ? (int)MathF.Round(layer.Codes[(input * layer.Outputs) + output] / step) : 0;
                    nibbles[(index * (Length / 2)) + (slot / 2)] |= (byte)((code + Middle) << (4 * (slot & 1)));
                }
            }
        });
        return new FourBitBlocks(nibbles, scales, perRow);
    }
}
