using System;
using Espalier.Planning;

namespace Espalier;

/// <summary>An unsigned grid of activations: code q stands for Scale · (q − ZeroPoint), with q from 0 to Top.</summary>
/// <param name="Scale">The step between two codes, positive and finite.</param>
/// <param name="ZeroPoint">The code that stands for 0, at most <paramref name="Top"/>.</param>
/// <param name="Top">The largest code: 15, 127, 16383 for inputs of 14 bits or, for tables before an activation, 255.</param>
public readonly record struct ActivationGrid(float Scale, ushort ZeroPoint, ushort Top)
{
    /// <summary>Whether a code takes two planes of seven bits.</summary>
    internal bool HasPlanes => ActivationPlanes.Of(Top) == 2;

    /// <summary>The largest part of a code that takes part in one product.</summary>
    internal int PartTop => ActivationPlanes.PartTop(Top);

    /// <summary>The value that a code stands for.</summary>
    public float Decode(int code) => Scale * (code - ZeroPoint);

    /// <summary>
    /// The code of a value that was already divided by the scale: clamp first, because conversions of large floats differ between
    /// processors, then round half to even. NaN counts as 0.
    /// </summary>
    /// <param name="steps">The value in steps of the grid.</param>
    public ushort EncodeSteps(float steps)
    {
        var number = float.IsNaN(steps) ? 0 : Math.Clamp(steps, -ZeroPoint, Top - ZeroPoint);
        return (ushort)((int)MathF.Round(number, MidpointRounding.ToEven) + ZeroPoint);
    }

    internal void Validate(string what)
    {
        if (!float.IsFinite(Scale) || Scale <= 0)
        {
            throw new ArgumentException($"{what}: the scale of a grid must be positive and finite, but is {Scale}.");
        }

        if (HasPlanes && Top != ActivationPlanes.Top)
        {
            throw new ArgumentException($"{what}: a grid ends at 255 at most, or at {ActivationPlanes.Top}, but was given the top {Top}.");
        }

        if (ZeroPoint > Top || Top == 0)
        {
            throw new ArgumentException($"{what}: the zero point {ZeroPoint} does not lie on a grid from 0 to {Top}.");
        }
    }
}
