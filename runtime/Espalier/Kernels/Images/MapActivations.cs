using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Espalier.Numerics;

namespace Espalier.Kernels;

/// <summary>Activations other than ReLU on maps of floats, channels last: padding channels stay as they are.</summary>
internal static class MapActivations
{
    public static void Apply(Activation activation, ref float map, int pixels, int channels, int stride)
    {
        switch (activation)
        {
            case Activation.Sigmoid or Activation.Tanh:
                for (var pixel = 0; pixel < pixels; pixel++)
                {
                    Activations.Apply(activation, MemoryMarshal.CreateSpan(ref Unsafe.Add(ref map, pixel * stride), channels));
                }

                break;
            case Activation.Softmax:
                Softmax(ref map, pixels, channels, stride);
                break;
        }
    }

    /// <summary>Over all numbers of the map, added channel by channel as everywhere else: the same bits as for channels first.</summary>
    private static void Softmax(ref float map, int pixels, int channels, int stride)
    {
        var largest = float.NegativeInfinity;
        var sum = 0.0;
        for (var channel = 0; channel < channels; channel++)
        {
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                largest = Math.Max(largest, Unsafe.Add(ref map, (pixel * stride) + channel));
            }
        }

        for (var channel = 0; channel < channels; channel++)
        {
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                sum += DeterministicMath.Exp((double)Unsafe.Add(ref map, (pixel * stride) + channel) - largest);
            }
        }

        for (var channel = 0; channel < channels; channel++)
        {
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                ref var value = ref Unsafe.Add(ref map, (pixel * stride) + channel);
                value = (float)(DeterministicMath.Exp((double)value - largest) / sum);
            }
        }
    }
}
