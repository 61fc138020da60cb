using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>
/// The packed layers of an integer model. It takes scratch from the stack as it finds it: generated code could only have it cleared, as leaving
/// that out needs a setting that not every project has, and clearing 1.7 KB took 4 % of a prediction of LeNet-300-100 on Zen 5. Whatever
/// lies there is multiplied by weights that are 0. Float layers must not do this: 0 times NaN is NaN.
/// </summary>
public abstract class PackedChain
{
    /// <summary>Predicts from raw floats.</summary>
    /// <param name="bytes">Bytes of scratch, at most <see cref="Scratch.StackLimit"/>.</param>
    /// <param name="input">The inputs.</param>
    /// <param name="output">Room for the outputs.</param>
    /// <param name="threaded">The layers that run in parts; null for one thread.</param>
    [SkipLocalsInit]
    public void Predict(int bytes, ReadOnlySpan<float> input, Span<float> output, ThreadedLayers? threaded)
    {
        Span<byte> block = stackalloc byte[bytes + Scratch.Slack];
        Predict(ref Scratch.Align(block), input, output, threaded);
    }

    /// <inheritdoc cref="Predict(int, ReadOnlySpan{float}, Span{float}, ThreadedLayers?)"/>
    [SkipLocalsInit]
    public void Predict(int bytes, ReadOnlySpan<byte> input, Span<float> output, ThreadedLayers? threaded)
    {
        Span<byte> block = stackalloc byte[bytes + Scratch.Slack];
        Predict(ref Scratch.Align(block), input, output, threaded);
    }

    /// <summary>Predicts from raw floats, with scratch of any content.</summary>
    protected abstract void Predict(ref byte scratch, ReadOnlySpan<float> input, Span<float> output, ThreadedLayers? threaded);

    /// <summary>Predicts from raw bytes, with scratch of any content.</summary>
    protected abstract void Predict(ref byte scratch, ReadOnlySpan<byte> input, Span<float> output, ThreadedLayers? threaded);
}
