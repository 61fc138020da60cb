using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>Moves an image to another place: a branch into its channels of a concatenation, or pixels closer together for a dense layer.</summary>
public sealed class CopyStep : ImageStep
{
    private readonly ImageMap _input;
    private readonly int _cleared;

    /// <param name="input">The image that enters.</param>
    /// <param name="output">Where it goes; a branch begins at its first channel there.</param>
    /// <param name="cleared">Numbers after the channels of each pixel that are set to 0.</param>
    /// <param name="tier">The tier to run on.</param>
    public CopyStep(ImageMap input, ImageMap output, int cleared, InstructionTier tier)
        : base(output, tier)
    {
        CheckForm(input, output);
        (_input, _cleared) = (input, cleared);
    }

    internal override void Run(ref byte scratch, int firstRow, int rows)
    {
        var size = Output.NumberBytes;
        ref var from = ref Unsafe.Add(ref scratch, _input.Offset);
        ref var to = ref Unsafe.Add(ref scratch, Output.Offset);
        var (bytes, cleared) = ((uint)(Output.Channels * size), (uint)(_cleared * size));
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            for (var column = 0; column < Output.Width; column++)
            {
                ref var target = ref Unsafe.Add(ref to, Output.Pixel(row, column) * size);
                Unsafe.CopyBlockUnaligned(ref target, ref Unsafe.Add(ref from, _input.Pixel(row, column) * size), bytes);
                if (cleared > 0)
                {
                    Unsafe.InitBlockUnaligned(ref Unsafe.Add(ref target, bytes), 0, cleared);
                }
            }
        }
    }
}
