using System;
using Espalier.Kernels;

namespace Espalier;

/// <summary>Deals the samples of a convolution's forward pass to threads. Each sample is computed as it is alone, so any number of threads gives the same bits.</summary>
/// <param name="layer">The convolution.</param>
/// <param name="together">Samples that it takes at once.</param>
/// <param name="columns">Bytes for windows side by side.</param>
/// <param name="results">Bytes for results.</param>
internal sealed unsafe class ConvolutionParts(ConvolutionTraining layer, int together, int columns, int results) : PooledWork
{
    /// <summary>So that a thread that comes late leaves its share to others.</summary>
    private const int PartsOfThread = 2;

    /// <summary>Samples are dealt to threads, so that a product is one's own.</summary>
    private static readonly ThreadedProduct s_alone = new(1);

    private AlignedMemory[] _columns = [];
    private AlignedMemory[] _results = [];
    private int _batch;
    private int _parts;
    private float* _input;
    private float* _bias;
    private float* _sums;
    private int _inputLength;
    private int _biasLength;
    private int _sumsLength;

    public void Run(int batch, int threads, ReadOnlySpan<float> input, ReadOnlySpan<float> bias, Span<float> sums)
    {
        (_batch, _parts) = (batch, Math.Min(threads * PartsOfThread, (batch + together - 1) / together));
        (_inputLength, _biasLength, _sumsLength) = (input.Length, bias.Length, sums.Length);
        for (var part = _columns.Length; part < _parts; part++)
        {
            (_columns, _results) = ([.. _columns, new AlignedMemory(columns)], [.. _results, new AlignedMemory(results)]);
        }

        // Pinned until the last part has ended.
        fixed (float* pi = input, pb = bias, ps = sums)
        {
            _input = pi;
            _bias = pb;
            _sums = ps;
            WorkerPool.Shared.Run(this, _parts, threads, default);
        }
    }

    /// <inheritdoc/>
    public override void Run(int part, in PooledCall call) => layer.MultiplyRows(
        RowOf(part), RowOf(part + 1), new ReadOnlySpan<float>(_input, _inputLength), new ReadOnlySpan<float>(_bias, _biasLength), new Span<float>(_sums, _sumsLength),
        _columns[part].As<float>(), _results[part].As<float>(), s_alone);

    private int RowOf(int part) => part == _parts ? _batch : (int)((long)_batch * part / _parts) / together * together;
}
