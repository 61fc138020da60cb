using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>Takes samples through all layers, so many at a time that weights are read once for them. Its scratch is its own.</summary>
internal sealed class BatchPass
{
    private readonly InputEncoder? _encoder;
    private readonly InputNormaliser? _normaliser;
    private readonly InstructionTier _tier;
    private readonly BatchStep[] _steps;
    private readonly bool _apart;
    private readonly bool _planes;
    private readonly bool _across;
    private readonly int _half;
    private readonly ScratchPool _scratch;

    /// <param name="encoder">What makes codes of the inputs, where the first layer takes codes.</param>
    /// <param name="normaliser">What makes floats of the inputs, where it takes floats.</param>
    /// <param name="tier">The tier to run on.</param>
    /// <param name="steps">The layers.</param>
    /// <param name="most">Samples that go through the layers together at most.</param>
    /// <param name="apart">Whether the codes of each sample begin with a cache line: those that are turned over want it, and windows of them.</param>
    public BatchPass(InputEncoder? encoder, InputNormaliser? normaliser, InstructionTier tier, BatchStep[] steps, int most, bool apart)
    {
        (_encoder, _normaliser, _tier, _steps, Most) = (encoder, normaliser, tier, steps, most);
        _planes = steps[0].Stage.TakesPlanes;
        _apart = (apart || _planes) && encoder is not null;
        _across = apart && most == BatchStage.BlockSamples && InputsAcross.Serves(encoder, tier, Inputs);
        _half = BatchScratch.HalfOf(steps, most);
        _scratch = new ScratchPool(2 * _half);
    }

    /// <summary>Samples that go through the layers together at most.</summary>
    public int Most { get; }

    public int Inputs => _steps[0].Stage.Layer.Layer.Inputs;

    public int Outputs => _steps[^1].Stage.Layer.Layer.Outputs;

    /// <summary>Predicts for all samples.</summary>
    public void Run<T>(ReadOnlySpan<T> inputs, Span<float> outputs)
        where T : unmanaged
    {
        var memory = _scratch.Rent();
        try
        {
            for (var left = inputs.Length / Inputs; left > 0; left -= Most)
            {
                var count = Math.Min(Most, left);
                var block = new BatchScratch(ref memory.Start, _half, count);
                Encode(inputs[..(count * Inputs)], ref block);
                Run(ref block, outputs[..(count * Outputs)]);
                inputs = inputs[(count * Inputs)..];
                outputs = outputs[(count * Outputs)..];
            }
        }
        finally
        {
            _scratch.Return(memory);
        }
    }

    // The inputs of all samples lie side by side, so they are encoded in one go where codes may lie so too: not those in two planes.
    private void Encode<T>(ReadOnlySpan<T> inputs, ref BatchScratch block)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && _across && block.Samples == BatchStage.BlockSamples)
        {
            block.EncodeAcross(_encoder!, MemoryMarshal.Cast<T, float>(inputs), Inputs);
            return;
        }

        if (!_apart)
        {
            block.Stride = Inputs;
            Encode(inputs, ref block.Current);
            return;
        }

        block.Stride = BatchScratch.StrideOf(Inputs, _planes);
        for (var sample = 0; sample < block.Samples; sample++)
        {
            Encode(inputs.Slice(sample * Inputs, Inputs), ref Unsafe.Add(ref block.Current, sample * block.Stride));
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

    private void Run(ref BatchScratch block, Span<float> outputs)
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
