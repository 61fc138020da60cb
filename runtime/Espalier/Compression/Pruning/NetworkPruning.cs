using System;
using System.Linq;

namespace Espalier;

/// <summary>Prunes a network while it is trained: as much as the schedule of each layer says by then.</summary>
internal sealed class NetworkPruning
{
    private readonly PruningOptions _options;
    private readonly NetworkTraining _network;
    private readonly WeightedTraining[] _pruned;
    private readonly float[] _constants;

    /// <param name="options">How.</param>
    /// <param name="network">What is pruned.</param>
    /// <param name="constants">For each input its value if it has one only, NaN otherwise; empty where none is known.</param>
    public NetworkPruning(PruningOptions options, NetworkTraining network, float[] constants)
    {
        (_options, _network, _constants) = (options, network, constants);
        _pruned = [.. network.Weighted.Where(layer => layer.Layer.Pruning is not null)];
    }

    /// <summary>Makes the masks anew.</summary>
    /// <param name="progress">How much of the stage is done, 0 to 1.</param>
    public void Apply(double progress)
    {
        foreach (var layer in _pruned.Where(_ => _options.Splicing))
        {
            layer.Constraints.BeginSplicing((float)_options.ReturnRate);
        }

        var kept = Choose(progress);
        foreach (var (layer, mask) in _network.Weighted.Zip(kept))
        {
            if (mask is not null)
            {
                layer.Constraints.Mask(mask);
            }
        }
    }

    /// <summary>Ends splicing: the masks stand.</summary>
    public void End()
    {
        foreach (var layer in _network.Weighted)
        {
            layer.Constraints.EndSplicing();
        }
    }

    /// <summary>Takes what is dead out of masks that were made otherwise.</summary>
    public void RemoveDead(bool[]?[] kept)
    {
        if (_options.RemoveDead)
        {
            DeadNeurons.Remove(_network, kept, _constants);
        }
    }

    /// <summary>Which weights stay, layer by layer; null where a layer is not pruned.</summary>
    public bool[]?[] Choose(double progress)
    {
        // Groups keep as many wherever they are, so they take no part in what layers may settle among themselves.
        var free = Array.FindAll(_pruned, layer => layer.Layer.Pruning!.GroupSize == 0);
        var masks = ScopeRule.Of(_options.Scope ?? PruningScope.PerLayer).Choose(Array.ConvertAll(free, Scores), Array.ConvertAll(free, layer => Kept(layer, progress)));
        var kept = Array.ConvertAll(_network.Weighted, layer =>
            Array.IndexOf(free, layer) is var at and >= 0 ? masks[at]
            : layer.Layer.Pruning is { } groups ? GroupedPruning.Choose(Scores(layer), layer.WeightStride, layer.Rows, groups.GroupSize, Kept(layer, progress))
            : null);
        RemoveDead(kept);
        return kept;
    }

    private int Kept(WeightedTraining layer, double progress)
    {
        var pruning = layer.Layer.Pruning!;
        var sparsity = pruning.Schedule == PruningSchedule.OneShot ? pruning.Target : MagnitudePruning.Sparsity(pruning.Target, progress / _options.Ramp);
        return MagnitudePruning.Kept(layer.Rows * layer.Columns, sparsity);
    }

    private float[] Scores(WeightedTraining layer)
    {
        var scores = MagnitudePruning.Magnitudes(layer.Constraints.Learning);
        for (var i = 0; i < scores.Length && layer.BatchNorm is { } normalisation; i++)
        {
            // Worth what it is worth folded.
            scores[i] *= i % layer.WeightStride < layer.Rows ? Math.Abs(normalisation.FactorOf(i % layer.WeightStride)) : 0;
        }

        if (_options.RemoveDead && layer is DenseTraining && layer == _network.Layers[0])
        {
            // They go anyway, so others may stay in their place.
            for (var input = 0; input < _constants.Length; input++)
            {
                if (!float.IsNaN(_constants[input]) && (layer.Layer.Bias || _constants[input] == 0))
                {
                    scores.AsSpan(input * layer.WeightStride, layer.WeightStride).Clear();
                }
            }
        }

        if (!_options.WeighPlaces)
        {
            return scores;
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] *= scores[i];
        }

        PlaceCosts.Divide(scores, layer.WeightStride, Array.ConvertAll(layer.Constraints.Weights.ToArray(), weight => weight != 0));
        return scores;
    }
}
