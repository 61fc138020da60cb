using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// How the sums over the two planes of 14-bit inputs become one number: high · 128 + low in fp32. In 32-bit integers it would overflow from
/// Σ|w| = 98,000 on, which 784 inputs can have; here it never does, however many inputs there are. Each of the operations is rounded
/// as IEEE 754 says and none is fused, so every tier gets the same bits. As long as both sums are below 2²⁴ the conversions and the
/// product are exact, and the result is the whole sum rounded once: what a conversion of an integer would give.
/// </summary>
internal static class PlaneSums
{
    /// <summary>The scalar form of what generated kernels do for a vector of sums.</summary>
    public static float Combine(int low, int high) => (high * (float)ActivationPlanes.HighWeight) + low;
}
