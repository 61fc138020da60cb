using System;

namespace Espalier;

/// <summary>How layers with <c>[Codebook]</c> come to share weights. The number of clusters of each layer comes from its attribute.</summary>
public sealed record SharingOptions
{
    /// <summary>Where k-means starts.</summary>
    public ClusterStart Start { get; init; } = ClusterStart.Linear;

    /// <summary>
    /// What a bit is worth when weights are assigned, 0 or more: a weight takes the centroid of least squared error + rate × bits ×
    /// mean square of the layer's kept weights, bits by how often centroids are taken. Frequent ones, zero above all, win more
    /// members. 0, the default, takes the nearest.
    /// </summary>
    public double Rate { get; init; }

    /// <summary>
    /// Whether a centroid moves by the mean of its members' gradients: the steps that the weights would make alone, projected to where
    /// members are equal, so stable wherever single weights are. By their sum (Han et al., 2016, eq. 3) unless set; with
    /// <see cref="Sgd"/> a sum over thousands wants a far smaller step size, while <see cref="Adam"/> does not care.
    /// </summary>
    public bool ProjectSteps { get; init; }

    internal void Validate()
    {
        if (!(Rate >= 0 && double.IsFinite(Rate)))
        {
            throw new ArgumentException($"Sharing has a rate of {Rate}; it must be finite and not negative.");
        }

        if (!Enum.IsDefined(Start))
        {
            throw new ArgumentException($"Start is {Start}; it is {nameof(ClusterStart.Linear)}, {nameof(ClusterStart.Density)} or {nameof(ClusterStart.Random)}.");
        }
    }
}

/// <summary>Where k-means starts; the three of Han et al. (2016).</summary>
public enum ClusterStart
{
    /// <summary>Evenly from the smallest weight to the largest: large weights matter and are few.</summary>
    Linear = 0,

    /// <summary>Evenly by how many weights lie below.</summary>
    Density = 1,

    /// <summary>At weights drawn by chance (Forgy).</summary>
    Random = 2,
}
