using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>An image in a block of scratch, channels last: where it begins and how it stands there.</summary>
/// <param name="Offset">Its first byte in the block.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Stride">Numbers from one pixel to the next, at least <paramref name="Channels"/>.</param>
/// <param name="Codes">Whether numbers are codes, a byte each; floats otherwise.</param>
public readonly record struct ImageMap(int Offset, int Channels, int Height, int Width, int Stride, bool Codes)
{
    /// <summary>Bytes of one number.</summary>
    internal int NumberBytes => Codes ? sizeof(byte) : sizeof(float);

    /// <summary>Numbers after the channels of a pixel that are the image's own: a branch of a concatenation shares its stride with others.</summary>
    internal int Padding => Math.Min(Stride, (Channels + MapStrides.Vector - 1) / MapStrides.Vector * MapStrides.Vector) - Channels;

    /// <summary>Numbers from one row to the next.</summary>
    internal int RowStride => Width * Stride;

    /// <summary>The first number of a pixel, counted from the image's first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Pixel(int row, int column) => ((row * Width) + column) * Stride;

    /// <summary>The image's first code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte CodesOf(ref byte scratch) => ref Unsafe.Add(ref scratch, Offset);

    /// <summary>The image's first float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref float FloatsOf(ref byte scratch) => ref Unsafe.As<byte, float>(ref Unsafe.Add(ref scratch, Offset));
}
