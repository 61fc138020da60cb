using System;

namespace Espalier;

/// <summary>What holds between the weights of a layer: a mask that keeps pruned ones at 0, and a codebook that makes members of a cluster equal.</summary>
internal sealed class WeightConstraints(float[] weights, Optimizer optimizer)
{
    private bool[]? _kept;
    private int[]? _assignment;
    private float[] _centroids = [];
    private ParameterSteps? _centroidSteps;

    public bool IsShared => _assignment is not null;

    /// <summary>The trained centroids, without the reserved zero.</summary>
    public ReadOnlySpan<float> Centroids => _centroids;

    /// <summary>The weights in the layer's own order, padding included (padding is 0).</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>Keeps only the given weights from now on.</summary>
    public void Mask(bool[] kept)
    {
        _kept = kept;
        Apply();
    }

    /// <summary>Makes weights share values from now on: each takes the centroid that it is assigned to, −1 stays 0.</summary>
    public void Share(int[] assignment, float[] centroids)
    {
        _assignment = assignment;
        _centroids = centroids;
        _centroidSteps = optimizer.For(centroids.Length);
        Apply();
    }

    /// <summary>The gradient of a centroid is the sum over its members (Han et al., 2016, eq. 3).</summary>
    public void StepCentroids(ReadOnlySpan<float> gradients, float rate)
    {
        var sums = new float[_centroids.Length];
        for (var i = 0; i < gradients.Length; i++)
        {
            if (_assignment![i] >= 0)
            {
                sums[_assignment[i]] += gradients[i];
            }
        }

        _centroidSteps!.Step(_centroids, sums, rate);
    }

    /// <summary>Puts the weights back where masks and centroids want them.</summary>
    public void Apply()
    {
        if (_assignment is not null)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = _assignment[i] < 0 ? 0 : _centroids[_assignment[i]];
            }
        }
        else if (_kept is not null)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = _kept[i] ? weights[i] : 0;
            }
        }
    }
}
