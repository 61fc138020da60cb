namespace Espalier.Coding;

/// <summary>What a decoder knows of a layer's weights before the first decision.</summary>
/// <param name="Rows">Outputs.</param>
/// <param name="Columns">Inputs.</param>
/// <param name="Positive">The largest rank, 0 to 255.</param>
/// <param name="Negative">The magnitude of the lowest rank, 0 to 255.</param>
/// <param name="Nonzeros">Weights that are not 0.</param>
/// <param name="Period">The distance of inputs that are neighbours (an image's width, where inputs are pixels); 0 where none are.</param>
internal readonly record struct WeightShape(int Rows, int Columns, int Positive, int Negative, int Nonzeros, int Period)
{
    public long Weights => (long)Rows * Columns;

    /// <summary>The share of weights that are not 0, in 4096ths, away from certainty.</summary>
    public int Density => (int)System.Math.Clamp(((4096L * Nonzeros) + (Weights / 2)) / System.Math.Max(1, Weights), 1, 4095);
}
