using System;

namespace Espalier.Planning;

/// <summary>An image or vector between two steps: its shape, how its numbers stand, and where.</summary>
/// <param name="Shape">Channels, rows and columns.</param>
/// <param name="Form">Floats, codes, or planes of codes.</param>
/// <param name="Stride">Numbers from one pixel to the next.</param>
/// <param name="Layer">The layer whose result it holds; −1 for the model's input.</param>
internal sealed record ImageTensor(TensorShape Shape, EdgeForm Form, int Stride, int Layer)
{
    /// <summary>The layer on whose grid of inputs these codes are, where they were encoded for it alone; −1 where the grid is that of the layer's result.</summary>
    public int EncodedFor { get; init; } = -1;

    /// <summary>The fully connected layer that gave the numbers an order of its own; −1 where they stand in their own order.</summary>
    public int OrderOf { get; init; } = -1;

    /// <summary>The tensor in whose memory this one lies: itself, or the concatenation that it is a branch of.</summary>
    public int Holder { get; init; } = -1;

    /// <summary>The first channel in the holder.</summary>
    public int Channel { get; init; }

    /// <summary>The first byte in the network's block of memory.</summary>
    public int Offset { get; init; }

    /// <summary>Bytes that are needed, without what is read or written beyond.</summary>
    public int Bytes => Form switch
    {
        EdgeForm.Planes => ActivationPlanes.Size((int)Shape.Count),
        EdgeForm.Codes => checked(Shape.Pixels * Stride),
        _ => checked(Shape.Pixels * Stride * sizeof(float)),
    };

    /// <summary>Bytes of one number.</summary>
    public int NumberBytes => Form == EdgeForm.Floats ? sizeof(float) : sizeof(byte);
}
