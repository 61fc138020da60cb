using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier;

/// <summary>What a sensitivity analysis tries on each layer; an empty list leaves a kind of compression out.</summary>
public sealed record SensitivityOptions
{
    /// <summary>Shares of a layer's weights to remove, each in [0, 1).</summary>
    public IReadOnlyList<double> Sparsities { get; init; } = [0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99];

    /// <summary>Bits of a weight on a uniform grid, each from 1 to 8.</summary>
    public IReadOnlyList<int> GridBits { get; init; } = [8, 6, 5, 4, 3, 2, 1];

    /// <summary>Bits of an index into a codebook of 2^bits centroids, each from 1 to 8; one centroid is the reserved zero, so that one bit leaves a single value to all others.</summary>
    public IReadOnlyList<int> CodebookBits { get; init; } = [6, 5, 4, 3, 2];

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Sparsities);
        ArgumentNullException.ThrowIfNull(GridBits);
        ArgumentNullException.ThrowIfNull(CodebookBits);
        if (Sparsities.Any(sparsity => !(sparsity is >= 0 and < 1)))
        {
            throw new ArgumentException($"Sparsities has {Sparsities.First(sparsity => !(sparsity is >= 0 and < 1))}; a sparsity is a share from 0 to below 1.");
        }

        foreach (var (name, list) in new[] { (nameof(GridBits), GridBits), (nameof(CodebookBits), CodebookBits) })
        {
            if (list.Any(bits => bits is < 1 or > 8))
            {
                throw new ArgumentException($"{name} has {list.First(bits => bits is < 1 or > 8)}; weights take 1 to 8 bits.");
            }
        }
    }
}
