using System;
using System.Globalization;

namespace Espalier.Planning;

/// <summary>In which form numbers cross the edge between two layers.</summary>
internal enum EdgeForm
{
    /// <summary>fp32 values.</summary>
    Floats = 0,

    /// <summary>Codes on an unsigned grid of seven bits or fewer, a byte each.</summary>
    Codes = 1,

    /// <summary>Codes on an unsigned grid of 14 bits, as <see cref="ActivationPlanes"/>.</summary>
    Planes = 2,

    /// <summary>Sums of an integer layer, not rounded yet: they enter the addition after it in the same kernel.</summary>
    Sums = 3,
}

/// <summary>Everything the planner may base a choice on: the definition, how the result leaves, and what is known of the real weights.</summary>
/// <param name="Definition">The layer.</param>
/// <param name="Output">Codes when the next layer computes in integers, floats otherwise.</param>
/// <param name="Evidence">Measured on trained weights, or null while there are none.</param>
internal sealed record LayerFacts(LayerDefinition Definition, EdgeForm Output, WeightEvidence? Evidence)
{
    /// <summary>Codes or planes when the layer computes in integers.</summary>
    public EdgeForm Input => LayerEdges.InputOf(Definition);

    /// <summary>The share of weights that are not zero: measured, or expected from the attributes.</summary>
    public double Density => Evidence?.Density ?? Definition.ExpectedDensity;

    /// <summary>The same for sentences, which stand in manifests and sources: alike on every machine, whatever its language.</summary>
    public string DensityText => Density.ToString("P1", CultureInfo.InvariantCulture);

    /// <summary>Clusters when every weight code fits a 4-bit index, otherwise 0: then weights are laid out as bytes.</summary>
    public int NibbleClusters => Definition.Codebook is { Clusters: <= 16 } codebook && Definition.Prune is not null ? codebook.Clusters : 0;
}

/// <summary>What trained weights show that attributes cannot: what was really pruned and how far 16-bit sums are safe.</summary>
/// <param name="Density">Nonzero weights over all weights.</param>
/// <param name="DenseDepth">Steps of four products that may be added in 16 bits in the dense int8 kernel, at least 1.</param>
/// <param name="Schedules">One entry for every windowed schedule that was built.</param>
internal sealed record WeightEvidence(double Density, int DenseDepth, EquatableArray<ScheduleEvidence> Schedules)
{
    /// <summary>Whether codes may be such that a sum of an integer convolution's products has more than 26 bits.</summary>
    public bool WideSums { get; init; }
}

/// <summary>What one windowed schedule of the real weights came to.</summary>
/// <param name="Rows">Rows of a slice.</param>
/// <param name="Slots">Nonzeros that one step takes of each row.</param>
/// <param name="Window">Activations that one step can reach.</param>
/// <param name="Steps">Steps over all slices, padding included.</param>
/// <param name="Depth">Steps that may be added in 16 bits: 2 or 1.</param>
/// <param name="Windows">Windows of a pair of vectors: 1 or 2.</param>
/// <param name="PairSteps">Steps of a pair of vectors: 2 of the same rows, or 1 of twice the rows.</param>
internal sealed record ScheduleEvidence(int Rows, int Slots, int Window, int Steps, int Depth, int Windows = 1, int PairSteps = 2);
