using System.Collections.Generic;

namespace Espalier;

/// <summary>A way to compress the weights of one layer for a trial.</summary>
internal abstract class TrialCompression
{
    public abstract SensitivityKind Kind { get; }

    /// <summary>The settings to try.</summary>
    public abstract IReadOnlyList<double> Settings(SensitivityOptions options);

    /// <summary>The weights as they would be: rows × columns.</summary>
    /// <param name="weights">Dense weights, row by row.</param>
    /// <param name="columns">Columns of the layer.</param>
    /// <param name="setting">The sparsity or the bits.</param>
    public abstract float[] Compress(float[] weights, int columns, double setting);
}

/// <summary>Every way there is: the one list that the analysis walks.</summary>
internal static class TrialCompressions
{
    public static readonly IReadOnlyList<TrialCompression> All = [new PrunedTrial(), new GridTrial(), new CodebookTrial()];
}
