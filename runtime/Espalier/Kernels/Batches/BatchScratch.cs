using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>The numbers of one block on their way through the layers: two halves of one piece of memory, read and written in turn.</summary>
internal ref struct BatchScratch
{
    // What kernels read past the last number: a window of 256 floats, or the rest of a tile of 16 samples.
    private const int Slack = 2048;

    private readonly int _half;
    private ref byte _current;
    private ref byte _other;

    public BatchScratch(ref byte start, int half, int samples)
    {
        (_half, Samples) = (half, samples);
        _current = ref start;
        _other = ref Unsafe.Add(ref start, half);
    }

    public readonly int Samples { get; }

    /// <summary>Numbers from a sample to the next, where samples lie one after the other.</summary>
    public int Stride { get; set; }

    /// <summary>Whether each feature has its samples side by side.</summary>
    public bool AcrossSamples { get; private set; }

    public readonly ref byte Current => ref _current;

    public readonly ref byte Other => ref _other;

    /// <summary>Bytes that one half needs: the widest edge of all, for so many samples.</summary>
    public static int HalfOf(BatchStep[] steps, int samples)
    {
        long widest = 0;
        foreach (var step in steps)
        {
            var inputs = step.Stage.Layer.Layer.Inputs * (step.Stage.TakesCodes && step.Encoder is null ? 1L : sizeof(float));
            var outputs = step.Stage.PaddedOutputs * (step.Stage.GivesCodes ? 1L : sizeof(float));
            widest = Math.Max(widest, Math.Max(Math.Max(inputs, StrideOf(step.Stage.Layer.Layer.Inputs, step.Stage.TakesPlanes)), outputs));
        }

        // Tiles of 16 features are turned whole. The odd multiple of 64 keeps the halves from aliasing each other in the cache.
        return checked((int)(((widest + 16) * samples) + Slack + 192)) / 64 * 64;
    }

    public void Swap(bool acrossSamples, int stride)
    {
        ref var current = ref _current;
        _current = ref _other;
        _other = ref current;
        (AcrossSamples, Stride) = (acrossSamples, stride);
    }

    /// <summary>Floats become codes on the next layer's grid.</summary>
    public void Encode(InputEncoder encoder, int inputs, InstructionTier tier)
    {
        var stride = StrideOf(inputs, encoder.Grid.HasPlanes);
        for (var sample = 0; sample < Samples; sample++)
        {
            encoder.Encode(Floats(sample, inputs), ref Unsafe.Add(ref _other, sample * stride), tier);
        }

        Swap(false, stride);
    }

    /// <summary>The model's inputs become codes, with the samples of each feature side by side: a whole block of what <see cref="InputsAcross"/> serves.</summary>
    public void EncodeAcross(InputEncoder encoder, ReadOnlySpan<float> inputs, int width)
    {
        InputsAcross.Run(encoder, inputs, width, ref _other, ref _current);
        (AcrossSamples, Stride) = (true, width);
    }

    /// <summary>
    /// Bytes from one sample's codes to the next's where something else turns them: an odd number of cache lines, as powers of two would
    /// put the same byte of all samples into one set of the cache (turning 64 samples of 4096 codes took four times as long). Codes in
    /// two planes are never turned.
    /// </summary>
    public static int StrideOf(int codes, bool planes) => planes ? ActivationPlanes.Size(codes) : (((codes + 63) / 64) | 1) * 64;

    /// <summary>Turns codes over, from samples to features or back.</summary>
    public void Turn(int numbers)
    {
        const int Block = BatchStage.BlockSamples;
        if (AcrossSamples)
        {
            // Whole tiles: strides of whole tiles too, or the end of a sample would lie over the start of the next.
            var stride = (numbers + 15) & ~15;
            Transposition.Bytes(ref _current, Block, ref _other, stride, numbers, Samples);
            Swap(false, stride);
            return;
        }

        Transposition.Bytes(ref _current, Stride, ref _other, Block, Samples, numbers);
        Swap(true, numbers);
    }

    public readonly void Apply(Activation activation, int outputs)
    {
        for (var sample = 0; sample < Samples; sample++)
        {
            Activations.Apply(activation, Floats(sample, outputs));
        }
    }

    /// <summary>Hands the last layer's floats out in the order of the model's outputs.</summary>
    public readonly void Unpack(BatchStep last, Span<float> outputs)
    {
        var layer = last.Stage.Layer;
        var count = layer.Layer.Outputs;
        for (var sample = 0; sample < Samples; sample++)
        {
            var output = outputs.Slice(sample * count, count);
            layer.Unpack(ref MemoryMarshal.GetReference(Floats(sample, count)), output);
            Activations.Apply(last.Activation, output);
        }
    }

    private readonly Span<float> Floats(int sample, int count) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Unsafe.As<byte, float>(ref _current), sample * Stride), count);
}
