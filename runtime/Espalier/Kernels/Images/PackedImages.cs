using System;

namespace Espalier.Kernels;

/// <summary>The packed layers of a network of images. Predictions work in blocks of a pool: the first call at each level of concurrency allocates, none after.</summary>
public abstract class PackedImages
{
    private readonly ScratchPool _blocks;
    private readonly SharedSamples _samples;

    /// <param name="scratchBytes">Bytes that a prediction works in.</param>
    /// <param name="inputs">Numbers that enter.</param>
    /// <param name="outputs">Numbers that leave.</param>
    protected PackedImages(int scratchBytes, int inputs, int outputs)
    {
        _blocks = new ScratchPool(scratchBytes);
        _samples = new SharedSamples(this, inputs, outputs);
    }

    /// <summary>Predicts from raw floats.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="output">Room for the outputs.</param>
    /// <param name="threaded">The layers that run in parts; null for one thread.</param>
    public void Predict(ReadOnlySpan<float> input, Span<float> output, ThreadedLayers? threaded)
    {
        var block = _blocks.Rent();
        using var awake = threaded?.KeepAwake();
        try
        {
            Predict(ref block.Start, input, output, threaded);
        }
        finally
        {
            _blocks.Return(block);
        }
    }

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float}, ThreadedLayers?)"/>
    public void Predict(ReadOnlySpan<byte> input, Span<float> output, ThreadedLayers? threaded)
    {
        var block = _blocks.Rent();
        using var awake = threaded?.KeepAwake();
        try
        {
            Predict(ref block.Start, input, output, threaded);
        }
        finally
        {
            _blocks.Return(block);
        }
    }

    /// <summary>Predicts for some of several samples, each on one thread: as many as divide evenly, from the first on.</summary>
    /// <param name="inputs">Raw floats, sample after sample.</param>
    /// <param name="outputs">Room for the outputs, sample after sample.</param>
    /// <param name="threaded">The threads; null for one, which leaves all samples for single predictions.</param>
    /// <returns>The number of samples that were predicted; the rest are left for single predictions.</returns>
    public int PredictTogether(ReadOnlySpan<float> inputs, Span<float> outputs, ThreadedLayers? threaded) => threaded is null ? 0 : _samples.Run(inputs, outputs, threaded);

    /// <inheritdoc cref="PredictTogether(ReadOnlySpan{float}, Span{float}, ThreadedLayers?)"/>
    /// <param name="inputs">Raw bytes, sample after sample.</param>
    /// <param name="outputs">Room for the outputs, sample after sample.</param>
    /// <param name="threaded">The threads; null for one, which leaves all samples for single predictions.</param>
    public int PredictTogether(ReadOnlySpan<byte> inputs, Span<float> outputs, ThreadedLayers? threaded) => threaded is null ? 0 : _samples.Run(inputs, outputs, threaded);

    /// <summary>Predicts from raw floats, in a block that does not move.</summary>
    protected abstract void Predict(ref byte scratch, ReadOnlySpan<float> input, Span<float> output, ThreadedLayers? threaded);

    /// <summary>Predicts from raw bytes, in a block that does not move.</summary>
    protected abstract void Predict(ref byte scratch, ReadOnlySpan<byte> input, Span<float> output, ThreadedLayers? threaded);
}
