using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>Floats become codes on the grid of the layer that takes them; the same bits on every tier.</summary>
public sealed class EncodeStep : ImageStep
{
    private readonly ImageMap _input;
    private readonly InputEncoder _encoder;
    private readonly InstructionTier _tier;

    /// <param name="input">The image that enters, floats.</param>
    /// <param name="output">The image that leaves, codes.</param>
    /// <param name="grid">The grid of the codes.</param>
    /// <param name="tier">The tier to run on.</param>
    public EncodeStep(ImageMap input, ImageMap output, ActivationGrid grid, InstructionTier tier)
        : base(output, tier)
    {
        (_input, _tier) = (input, tier);
        _encoder = new InputEncoder(Normalisation.None, grid);
    }

    internal override void Run(ref byte scratch, int firstRow, int rows)
    {
        if (_input.Stride == Output.Stride)
        {
            // Numbers after the channels go along: codes of whatever finite numbers stand there.
            var first = _input.Pixel(firstRow, 0);
            var numbers = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _input.FloatsOf(ref scratch), first), rows * _input.RowStride);
            _encoder.Encode(numbers, ref Unsafe.Add(ref Output.CodesOf(ref scratch), first), _tier);
            return;
        }

        for (var row = firstRow; row < firstRow + rows; row++)
        {
            for (var column = 0; column < Output.Width; column++)
            {
                var numbers = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _input.FloatsOf(ref scratch), _input.Pixel(row, column)), _input.Channels);
                _encoder.Encode(numbers, ref Unsafe.Add(ref Output.CodesOf(ref scratch), Output.Pixel(row, column)), _tier);
            }

            ClearPadding(ref scratch, row);
        }
    }
}
