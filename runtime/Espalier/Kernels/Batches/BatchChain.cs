using System;

namespace Espalier.Kernels;

/// <summary>
/// Predicts for blocks of samples: layer after layer for all samples of a block, so that weights are read once a block. Turns
/// numbers over where one layer wants samples side by side and the next wants each sample by itself. Samples that are too few for a
/// block go layer after layer as well where kernels read the tables of single predictions once for two of them. Integers come out as
/// the same bits as from single predictions, because the sums are exact and end in the same instructions; dense float layers add in
/// the same order as single predictions do.
/// </summary>
public sealed class BatchChain
{
    private const int BlockSamples = BatchStage.BlockSamples;

    private readonly BatchPass _block;
    private readonly FewSamples _few;
    private readonly int _least;
    private readonly bool _acrossSamples;
    private readonly SharedBlocks _shared;

    /// <summary>A chain whose first layer takes codes.</summary>
    public BatchChain(InputEncoder encoder, InstructionTier tier, params BatchStep[] steps)
        : this(encoder, null, tier, steps)
    {
    }

    /// <summary>A chain whose first layer takes floats.</summary>
    public BatchChain(InputNormaliser normaliser, InstructionTier tier, params BatchStep[] steps)
        : this(null, normaliser, tier, steps)
    {
    }

    private BatchChain(InputEncoder? encoder, InputNormaliser? normaliser, InstructionTier tier, BatchStep[] steps)
    {
        _block = new BatchPass(encoder, normaliser, tier, steps, BlockSamples, apart: steps[0].Stage.AcrossSamples);
        _few = new FewSamples(encoder, normaliser, tier, steps);
        var blockMicros = 0.0;
        foreach (var step in steps)
        {
            _acrossSamples |= step.Stage.AcrossSamples;

            // A block takes several times less than its samples would one by one.
            blockMicros += LayerTime.Micros(step.Stage.Layer) * BlockSamples / 3;

            // A layer without a kernel for batches runs sample by sample inside the chain; it decides nothing.
            _least = step.Stage.LeastSamples == int.MaxValue ? _least : Math.Max(_least, step.Stage.LeastSamples);
        }

        steps[^1].Stage.EndModel();
        _shared = new SharedBlocks(this, blockMicros);
    }

    /// <summary>Predicts for as many samples as it is faster for than single predictions are, from the first on.</summary>
    /// <param name="inputs">Raw floats, sample after sample.</param>
    /// <param name="outputs">Room for the outputs, sample after sample.</param>
    /// <param name="threads">Threads that may share the blocks, the caller's among them.</param>
    /// <returns>The number of samples that were predicted; the rest are left for single predictions.</returns>
    public int Predict(ReadOnlySpan<float> inputs, Span<float> outputs, int threads) => Run(inputs, outputs, threads);

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float}, int)"/>
    /// <param name="inputs">Raw bytes, sample after sample.</param>
    /// <param name="outputs">Room for the outputs, sample after sample.</param>
    /// <param name="threads">Threads that may share the blocks, the caller's among them.</param>
    public int Predict(ReadOnlySpan<byte> inputs, Span<float> outputs, int threads) => Run(inputs, outputs, threads);

    internal int Inputs => _block.Inputs;

    internal int Outputs => _block.Outputs;

    private int Run<T>(ReadOnlySpan<T> inputs, Span<float> outputs, int threads)
        where T : unmanaged
    {
        var samples = inputs.Length / Inputs;
        var begun = 0;
        if (_least > 0 && samples >= _least)
        {
            var blocks = Blocks(samples);
            if (threads <= 1 || !_shared.TryRun(inputs, outputs, blocks, threads))
            {
                RunBlocks(inputs, outputs, 0, blocks);
            }

            begun = (blocks - 1) * BlockSamples;
            begun += Count(Math.Min(BlockSamples, samples - begun));
        }

        return begun + _few.Run(inputs[(begun * Inputs)..], outputs[(begun * Outputs)..], threads);
    }

    /// <summary>All whole blocks, and one more where enough samples are left.</summary>
    internal int Blocks(int samples) => (samples / BlockSamples) + (samples % BlockSamples >= _least ? 1 : 0);

    /// <summary>Predicts for some of the blocks.</summary>
    internal void RunBlocks<T>(ReadOnlySpan<T> inputs, Span<float> outputs, int first, int blocks)
        where T : unmanaged
    {
        var begun = first * BlockSamples;
        var count = Count(Math.Min(blocks * BlockSamples, (inputs.Length / Inputs) - begun));
        _block.Run(inputs.Slice(begun * Inputs, count * Inputs), outputs.Slice(begun * Outputs, count * Outputs));
    }

    /// <summary>Samples that blocks run of those that are left for them. Dense kernels run four at a time, so a few beyond the last four are left when they are too few.</summary>
    private int Count(int left)
    {
        var beyond = left % SampleRows.KernelSamples;
        return _acrossSamples || beyond >= _least ? left : left - beyond;
    }
}
