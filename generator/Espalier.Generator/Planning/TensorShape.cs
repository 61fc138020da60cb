using System;
using System.Globalization;

namespace Espalier.Planning;

/// <summary>The shape of what passes between two layers: channels × height × width. A vector has a height and a width of 1.</summary>
internal readonly record struct TensorShape(int Channels, int Height, int Width) : IEquatable<TensorShape>
{
    /// <summary>Numbers in all; beyond int where a shape is absurd, which a check turns away.</summary>
    public long Count => (long)Channels * Height * Width;

    public int Pixels => Height * Width;

    /// <summary>Whether there is more than one pixel.</summary>
    public bool IsImage => Height != 1 || Width != 1;

    public static TensorShape Vector(int count) => new(count, 1, 1);

    /// <summary>For sentences: <c>3×224×224</c>, or <c>4096</c> for a vector.</summary>
    public override string ToString() => IsImage
        ? string.Format(CultureInfo.InvariantCulture, "{0}×{1}×{2}", Channels, Height, Width)
        : Channels.ToString(CultureInfo.InvariantCulture);
}
