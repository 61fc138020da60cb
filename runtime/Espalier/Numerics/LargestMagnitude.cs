using System;
using System.Numerics;

namespace Espalier.Numerics;

/// <summary>The reach that a grid needs.</summary>
internal static class LargestMagnitude
{
    /// <summary>The largest |x|; 0 for no numbers. NaN is not looked at.</summary>
    public static float Of(ReadOnlySpan<float> values)
    {
        var (largest, i) = (Vector<float>.Zero, 0);
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            largest = Vector.MaxNative(Vector.Abs(new Vector<float>(values[i..])), largest);
        }

        var result = 0f;
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            result = MathF.Max(result, largest[lane]);
        }

        for (; i < values.Length; i++)
        {
            result = float.MaxNumber(result, MathF.Abs(values[i]));
        }

        return result;
    }
}
