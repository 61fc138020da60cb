using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>An activation that no kernel could take along, in place. Softmax is over all numbers of the image. Codes have ReLU alone: what stands for less than 0 becomes the zero point.</summary>
public sealed class ActivationStep : ImageStep
{
    private readonly Activation _activation;
    private readonly byte _zeroPoint;

    /// <param name="image">The image.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="zeroPoint">The code that stands for 0; 0 for floats.</param>
    /// <param name="tier">The tier to run on.</param>
    public ActivationStep(ImageMap image, Activation activation, int zeroPoint, InstructionTier tier)
        : base(image, tier)
    {
        if (image.Codes && activation != Activation.Relu)
        {
            throw new ArgumentException($"{activation} is computed in floats, but codes were given. Build again, so that the generated code fits the library.", nameof(image));
        }

        (_activation, _zeroPoint) = (activation, (byte)zeroPoint);
    }

    internal override void Run(ref byte scratch, int firstRow, int rows)
    {
        if (Output.Codes)
        {
            for (var pixel = firstRow * Output.Width; pixel < (firstRow + rows) * Output.Width; pixel++)
            {
                Rectify(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Output.CodesOf(ref scratch), pixel * Output.Stride), Output.Channels));
            }

            return;
        }

        ref var first = ref Unsafe.Add(ref Output.FloatsOf(ref scratch), Output.Pixel(firstRow, 0));
        if (_activation == Activation.Relu)
        {
            for (var row = 0; row < rows * Output.Width; row++)
            {
                Activations.Apply(_activation, MemoryMarshal.CreateSpan(ref Unsafe.Add(ref first, row * Output.Stride), Output.Channels));
            }

            return;
        }

        MapActivations.Apply(_activation, ref first, rows * Output.Width, Output.Channels, Output.Stride);
    }

    private void Rectify(Span<byte> codes)
    {
        var i = 0;
        for (; Vectors && i <= codes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Max(new Vector<byte>(codes[i..]), new Vector<byte>(_zeroPoint)).CopyTo(codes[i..]);
        }

        for (; i < codes.Length; i++)
        {
            codes[i] = Math.Max(codes[i], _zeroPoint);
        }
    }
}
