namespace Espalier.Planning;

/// <summary>What training takes where neither its options nor <c>[Train]</c> say anything: rules on models reckon with the same numbers.</summary>
internal static class TrainingDefaults
{
    /// <summary>The step size, chosen for Adam.</summary>
    public const double LearningRate = 0.002;

    /// <summary>Samples in a mini-batch.</summary>
    public const int BatchSize = 32;

    /// <summary>How far uniform grids of weights without master weights reach, in multiples of the bound of the first weights.</summary>
    public const double WeightRange = 4;
}
