using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Espalier.Kernels;

namespace Espalier;

/// <summary>What holds between the weights of a layer: a mask that keeps pruned ones at 0, and a codebook that makes members of a cluster equal.</summary>
internal sealed class WeightConstraints(AlignedMemory weights, Optimizer optimizer)
{
    /// <summary>Sums side by side: members of one cluster often follow each other, and one sum would wait for itself.</summary>
    private const int Banks = 4;

    /// <summary>All bits of a weight that is kept, none of one that is not.</summary>
    private int[]? _kept;

    /// <summary>For each weight one more than its centroid, 0 for weights that stay 0: no branch is needed then.</summary>
    private int[]? _entries;
    private float[] _centroids = [];
    private float[] _table = [];
    private float[] _sums = [];
    private float[] _gradient = [];
    private int[]? _members;
    private bool _projected;
    private ParameterSteps? _centroidSteps;

    /// <summary>All weights as if nothing held them, which learn from the gradients at the held ones; null unless pruned weights may return.</summary>
    private float[]? _free;

    /// <summary>What steps are made on: the weights, or their free copy.</summary>
    public Span<float> Learning => _free is null ? weights.As<float>() : _free;

    /// <summary>Whether there is a free copy.</summary>
    public bool IsSpliced => _free is not null;

    /// <summary>From now on steps are made on a free copy, and the weights follow it as far as masks and centroids let them.</summary>
    /// <param name="share">The share of their gradients that held weights learn from.</param>
    public void BeginSplicing(float share = 1)
    {
        _free ??= Weights.ToArray();

        // Not saved: whoever goes on from a checkpoint says it again with the first mask.
        ReturningShare = share;
    }

    /// <summary>The share of their gradients that held weights learn from.</summary>
    public float ReturningShare { get; private set; } = 1;

    /// <summary>Forgets the free copy: from now on only the weights that are left learn, or their centroids.</summary>
    public void EndSplicing() => _free = null;

    public bool IsShared => _entries is not null;

    /// <summary>The trained centroids, without the reserved zero.</summary>
    public ReadOnlySpan<float> Centroids => _centroids;

    /// <summary>The same, for layers whose weights live on a grid to round.</summary>
    public Span<float> CentroidValues => _centroids;

    /// <summary>The weights in the layer's own order, padding included (padding is 0).</summary>
    public ReadOnlySpan<float> Weights => weights.As<float>();

    /// <summary>Keeps only the given weights from now on.</summary>
    public void Mask(bool[] kept)
    {
        _kept ??= new int[kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            _kept[i] = kept[i] ? -1 : 0;
        }

        Apply();
    }

    /// <summary>Makes weights share values from now on: each takes the centroid that it is assigned to, −1 stays 0.</summary>
    /// <param name="assignment">A centroid for each weight, or −1.</param>
    /// <param name="centroids">Their values.</param>
    /// <param name="projected">Whether centroids learn from the mean of their members' gradients instead of the sum.</param>
    public void Share(int[] assignment, float[] centroids, bool projected = false)
    {
        _projected = projected;
        _entries = Array.ConvertAll(assignment, centroid => centroid + 1);
        Begin(centroids);
        Apply();
    }

    /// <summary>Takes weights out of their clusters: they become 0.</summary>
    public void Unshare(bool[] kept)
    {
        for (var i = 0; i < kept.Length; i++)
        {
            _entries![i] = kept[i] ? _entries[i] : 0;
        }

        _members = null;

        Apply();
    }

    /// <summary>Saves masks and centroids, or puts them back.</summary>
    public void Visit(StateStream state)
    {
        state.Array(ref _kept);
        state.Array(ref _free);
        state.Array(ref _entries);
        state.Number(ref _projected);
        if (_entries is not null)
        {
            float[]? centroids = _centroids;
            state.Array(ref centroids);
            if (_centroidSteps is null)
            {
                Begin(centroids!);
            }

            _centroidSteps!.Visit(state);
        }
    }

    /// <summary>Saves the centroids alone, or puts them back.</summary>
    public void VisitCentroids(StateStream state) => state.Numbers<float>(_centroids);

    private void Begin(float[] centroids)
    {
        _centroids = centroids;
        _members = null;
        _table = new float[centroids.Length + 1];
        _sums = new float[_table.Length * Banks];
        _gradient = new float[centroids.Length];
        _centroidSteps = optimizer.For(centroids.Length);
    }

    /// <summary>The gradient of a centroid is the sum over its members (Han et al., 2016, eq. 3).</summary>
    public void StepCentroids(ReadOnlySpan<float> gradients, float rate)
    {
        Array.Clear(_sums);
        for (var i = 0; i < gradients.Length; i++)
        {
            _sums[(_entries![i] * Banks) + (i % Banks)] += gradients[i];
        }

        for (var centroid = 0; centroid < _gradient.Length; centroid++)
        {
            var sum = _sums.AsSpan((centroid + 1) * Banks, Banks);
            _gradient[centroid] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        }

        if (_projected)
        {
            _members ??= Members();
            for (var centroid = 0; centroid < _gradient.Length; centroid++)
            {
                _gradient[centroid] /= Math.Max(1, _members[centroid + 1]);
            }
        }

        _centroidSteps!.Step(_centroids, _gradient, rate);
    }

    private int[] Members()
    {
        var members = new int[_table.Length];
        foreach (var entry in _entries!)
        {
            members[entry]++;
        }

        return members;
    }

    /// <summary>Makes gradients smaller where weights are held at 0, so that not all of them come back at once.</summary>
    public void Damp(Span<float> gradients, float share)
    {
        var values = weights.As<float>();
        var factor = new Vector<float>(share);
        for (var i = 0; i < values.Length; i += Vector<float>.Count)
        {
            var gradient = new Vector<float>(gradients[i..]);
            Vector.ConditionalSelect(Vector.Equals(new Vector<float>(values[i..]), Vector<float>.Zero), gradient * factor, gradient).CopyTo(gradients[i..]);
        }
    }

    /// <summary>Puts the weights back where masks and centroids want them.</summary>
    public void Apply()
    {
        var values = weights.As<float>();
        if (_entries is not null)
        {
            _centroids.CopyTo(_table, 1);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = _table[_entries[i]];
            }
        }
        else if (_kept is not null)
        {
            // Rows are whole cache lines, so there is no rest.
            var bits = MemoryMarshal.Cast<float, int>(values);
            var learning = MemoryMarshal.Cast<float, int>(Learning);
            for (var i = 0; i < bits.Length; i += Vector<int>.Count)
            {
                (new Vector<int>(learning[i..]) & new Vector<int>(_kept, i)).CopyTo(bits[i..]);
            }
        }
        else if (_free is not null)
        {
            _free.CopyTo(values);
        }
    }
}
