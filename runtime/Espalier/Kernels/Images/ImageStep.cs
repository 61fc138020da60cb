using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>
/// A step between kernels that has no weights: it reads images of a block of scratch and writes one. Vectors have the processor's own width;
/// on <see cref="InstructionTier.Scalar"/> the scalar twin runs, with the same numbers.
/// </summary>
public abstract class ImageStep
{
    private protected ImageStep(ImageMap output, InstructionTier tier)
    {
        Output = output;
        Vectors = tier != InstructionTier.Scalar && System.Numerics.Vector.IsHardwareAccelerated;
    }

    /// <summary>The image that the step writes.</summary>
    public ImageMap Output { get; }

    /// <summary>Whether to compute in vectors.</summary>
    private protected bool Vectors { get; }

    /// <summary>Whether threads may share its rows: a step that computes enough for it, and writes no number beyond its rows.</summary>
    internal virtual bool HasRows => false;

    /// <summary>Runs the step. Allocates nothing.</summary>
    /// <param name="scratch">The first byte of the block that all places count from.</param>
    public void Run(ref byte scratch) => Run(ref scratch, 0, Output.Height);

    /// <summary>Runs some rows of the output: rows do not touch each other's numbers, so that threads can share them.</summary>
    /// <param name="scratch">The first byte of the block.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rows">How many.</param>
    internal abstract void Run(ref byte scratch, int firstRow, int rows);

    /// <summary>What stands after a pixel's channels takes part in products with weights of 0, so it must be a finite number: 0.</summary>
    private protected void ClearPadding(ref byte scratch, int row)
    {
        if (Output.Padding == 0)
        {
            return;
        }

        for (var column = 0; column < Output.Width; column++)
        {
            ref var padding = ref Unsafe.Add(ref scratch, Output.Offset + ((Output.Pixel(row, column) + Output.Channels) * Output.NumberBytes));
            Unsafe.InitBlockUnaligned(ref padding, 0, (uint)(Output.Padding * Output.NumberBytes));
        }
    }

    /// <summary>
    /// Channels that vectors may cover: with their padding where both images have it, so that 20 channels leave no rest that is computed one by one (that
    /// took most of LeNet-5's first pool). What stands in the padding is computed in vain and cleared after.
    /// </summary>
    private protected int WholeVectors(ImageMap input) => input.Padding >= Output.Padding ? Output.Channels + Output.Padding : Output.Channels;

    private protected static void CheckForm(ImageMap input, ImageMap output)
    {
        if (input.Codes != output.Codes)
        {
            throw new ArgumentException("The step hands numbers on in the form in which they come: codes or floats. Build again, so that the generated code fits the library.", nameof(output));
        }
    }
}
