using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>
/// Predicts for blocks of samples: layer after layer for all samples of a block, so that weights are read once a block. Turns
/// numbers over where one layer wants samples side by side and the next wants each sample by itself. Integers come out as the
/// same bits as from single predictions, because the sums are exact and end in the same instructions; dense float layers add in
/// the same order as single predictions do.
/// </summary>
public sealed class BatchChain
{
    private readonly InputEncoder? _encoder;
    private readonly InputNormaliser? _normaliser;
    private readonly InstructionTier _tier;
    private readonly BatchStep[] _steps;
    private readonly int _half;
    private readonly int _least;
    private readonly bool _acrossSamples;
    private readonly ScratchPool _blocks;
    private readonly SharedBlocks _shared;

    /// <summary>A chain whose first layer takes codes.</summary>
    public BatchChain(InputEncoder encoder, InstructionTier tier, params BatchStep[] steps)
        : this(tier, steps) => _encoder = encoder;

    /// <summary>A chain whose first layer takes floats.</summary>
    public BatchChain(InputNormaliser normaliser, InstructionTier tier, params BatchStep[] steps)
        : this(tier, steps) => _normaliser = normaliser;

    private BatchChain(InstructionTier tier, BatchStep[] steps)
    {
        (_tier, _steps, _half) = (tier, steps, BatchScratch.HalfOf(steps));
        _blocks = new ScratchPool(2 * _half);
        var blockMicros = 0.0;
        foreach (var step in steps)
        {
            _acrossSamples |= step.Stage.AcrossSamples;

            // A block takes several times less than its samples would one by one.
            blockMicros += LayerTime.Micros(step.Stage.Layer) * BatchStage.BlockSamples / 3;

            // A layer without a kernel for batches runs sample by sample inside the chain; it decides nothing.
            _least = step.Stage.LeastSamples == int.MaxValue ? _least : Math.Max(_least, step.Stage.LeastSamples);
        }

        steps[^1].Stage.EndModel();
        _shared = new SharedBlocks(this, blockMicros);
    }

    /// <summary>Predicts for as many samples as blocks are faster for, from the first on.</summary>
    /// <param name="inputs">Raw floats, sample after sample.</param>
    /// <param name="outputs">Room for the outputs, sample after sample.</param>
    /// <param name="threads">Threads that may share the blocks, the caller's among them.</param>
    /// <returns>The number of samples that were predicted; the rest are too few for a block.</returns>
    public int Predict(ReadOnlySpan<float> inputs, Span<float> outputs, int threads) => Run(inputs, outputs, threads);

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float}, int)"/>
    /// <param name="inputs">Raw bytes, sample after sample.</param>
    /// <param name="outputs">Room for the outputs, sample after sample.</param>
    /// <param name="threads">Threads that may share the blocks, the caller's among them.</param>
    public int Predict(ReadOnlySpan<byte> inputs, Span<float> outputs, int threads) => Run(inputs, outputs, threads);

    internal int Inputs => _steps[0].Stage.Layer.Layer.Inputs;

    internal int Outputs => _steps[^1].Stage.Layer.Layer.Outputs;

    private int Run<T>(ReadOnlySpan<T> inputs, Span<float> outputs, int threads)
        where T : unmanaged
    {
        var samples = inputs.Length / Inputs;
        if (_least == 0 || samples < _least)
        {
            return 0;
        }

        var blocks = Blocks(samples);
        if (threads <= 1 || !_shared.TryRun(inputs, outputs, blocks, threads))
        {
            RunBlocks(inputs, outputs, 0, blocks);
        }

        var begun = (blocks - 1) * BatchStage.BlockSamples;
        return begun + Count(samples - begun);
    }

    /// <summary>All whole blocks, and one more where enough samples are left.</summary>
    internal int Blocks(int samples) => (samples / BatchStage.BlockSamples) + (samples % BatchStage.BlockSamples >= _least ? 1 : 0);

    /// <summary>Predicts for some of the blocks.</summary>
    internal void RunBlocks<T>(ReadOnlySpan<T> inputs, Span<float> outputs, int first, int blocks)
        where T : unmanaged
    {
        var samples = inputs.Length / Inputs;
        var memory = _blocks.Rent();
        try
        {
            for (var i = first; i < first + blocks; i++)
            {
                var begun = i * BatchStage.BlockSamples;
                var count = Count(samples - begun);
                var block = new BatchScratch(ref memory.Start, _half, count);
                Encode(inputs.Slice(begun * Inputs, count * Inputs), ref block);
                RunBlock(ref block, outputs.Slice(begun * Outputs, count * Outputs));
            }
        }
        finally
        {
            _blocks.Return(memory);
        }
    }

    /// <summary>Samples of the next block. Dense kernels run four at a time, so a few beyond the last four are left when they are too few.</summary>
    private int Count(int left)
    {
        var count = Math.Min(BatchStage.BlockSamples, left);
        var beyond = count % SampleRows.KernelSamples;
        return _acrossSamples || beyond >= _least ? count : count - beyond;
    }

    // The inputs of a block lie side by side, so all of them are encoded in one go, unless they are to be turned or have two planes each.
    private void Encode<T>(ReadOnlySpan<T> inputs, ref BatchScratch block)
        where T : unmanaged
    {
        var first = _steps[0].Stage;
        var width = first.Layer.Layer.Inputs;
        block.Stride = width;
        if (!first.AcrossSamples && !first.TakesPlanes)
        {
            Encode(inputs, ref block.Current);
            return;
        }

        block.Stride = BatchScratch.StrideOf(width, first.TakesPlanes);
        for (var sample = 0; sample < block.Samples; sample++)
        {
            Encode(inputs.Slice(sample * width, width), ref Unsafe.Add(ref block.Current, sample * block.Stride));
        }
    }

    private void Encode<T>(ReadOnlySpan<T> inputs, ref byte numbers)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var floats = MemoryMarshal.Cast<T, float>(inputs);
            _encoder?.Encode(floats, ref numbers, _tier);
            _normaliser?.Encode(floats, ref numbers, _tier);
        }
        else
        {
            var bytes = MemoryMarshal.Cast<T, byte>(inputs);
            _encoder?.Encode(bytes, ref numbers, _tier);
            _normaliser?.Encode(bytes, ref numbers, _tier);
        }
    }

    private void RunBlock(ref BatchScratch block, Span<float> outputs)
    {
        foreach (var step in _steps)
        {
            var stage = step.Stage;
            if (step.Encoder is not null)
            {
                block.Encode(step.Encoder, stage.Layer.Layer.Inputs, _tier);
            }

            if (stage.AcrossSamples != block.AcrossSamples)
            {
                block.Turn(stage.Layer.Layer.Inputs);
            }

            if (step == _steps[^1] && stage.LeavesInOrder)
            {
                stage.Run(ref block.Current, block.Stride, ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(outputs)), block.Samples);
                ApplyLast(step, outputs);
                return;
            }

            stage.Run(ref block.Current, block.Stride, ref block.Other, block.Samples);
            block.Swap(stage.LeavesAcross, stage.OutputStride);
            if (step.Activation != Activation.None && step != _steps[^1])
            {
                block.Apply(step.Activation, stage.Layer.Layer.Outputs);
            }
        }

        block.Unpack(_steps[^1], outputs);
    }

    private static void ApplyLast(BatchStep last, Span<float> outputs)
    {
        for (var count = last.Stage.Layer.Layer.Outputs; last.Activation != Activation.None && !outputs.IsEmpty; outputs = outputs[count..])
        {
            Activations.Apply(last.Activation, outputs[..count]);
        }
    }
}
