namespace Zoo.Running;

/// <summary>How far predictions lie from others.</summary>
internal static class Deviation
{
    /// <summary>The largest difference over the largest number.</summary>
    public static double Relative(float[] actual, float[] expected)
    {
        var largest = expected.Max(MathF.Abs);
        return actual.Zip(expected, (one, other) => Math.Abs((double)one - other)).Max() / Math.Max(largest, 1e-30);
    }
}
