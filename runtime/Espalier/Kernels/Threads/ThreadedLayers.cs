using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>
/// The layers of one instance that runs on several threads. Layers worth handing over are cut into parts, which share the memory of the
/// whole; the others run on the caller's thread as ever. The threads belong to the process, so there is nothing to dispose.
/// </summary>
public sealed class ThreadedLayers
{
    /// <summary>Below this a hand-over gains little where threads spin and loses where they sleep.</summary>
    internal const double LeastMicros = 50;

    /// <summary>So that a thread that wakes up late, or is kept from running, leaves its share to the others.</summary>
    private const int PartsPerThread = 4;

    private readonly LayerParts?[] _layers;
    private readonly int _threads;

    private ThreadedLayers(int threads, LayerParts?[] layers) => (_threads, _layers) = (threads, layers);

    /// <summary>A kernel of one sample.</summary>
    public delegate void Kernel(PackedLayer layer, ref byte input, ref byte output);

    /// <summary>Cuts layers into parts; null when nothing is to be shared, as there is one thread or no layer takes long enough.</summary>
    /// <param name="threads">Threads of one prediction, at least 1.</param>
    /// <param name="layers">Each layer with its kernel.</param>
    public static ThreadedLayers? Of(int threads, params (PackedLayer Layer, Kernel Kernel)[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return Of(threads, LeastMicros, layers);
    }

    internal static ThreadedLayers? Of(int threads, double leastMicros, (PackedLayer Layer, Kernel Kernel)[] layers)
    {
        if (threads <= 1)
        {
            return null;
        }

        threads = Math.Min(threads, WorkerPool.MostThreads);
        var cut = new LayerParts?[layers.Length];
        var any = false;
        for (var i = 0; i < layers.Length; i++)
        {
            var (layer, kernel) = layers[i];
            if (layer.Tiles > 1 && LayerTime.Micros(layer) >= leastMicros)
            {
                cut[i] = new LayerParts(layer, kernel, threads * PartsPerThread);
                any = true;
            }
        }

        return any ? new ThreadedLayers(threads, cut) : null;
    }

    /// <summary>Runs a layer on several threads, or says that the caller should run it as one.</summary>
    /// <param name="layer">Its place in the chain.</param>
    /// <param name="input">What the layer reads: on the stack or pinned, so that it does not move.</param>
    /// <param name="output">What it writes: on the stack or pinned.</param>
    /// <returns>False when the layer takes too short for that; nothing has run then.</returns>
    public unsafe bool TryRun(int layer, ref byte input, ref byte output)
    {
        if (_layers[layer] is not { } parts)
        {
            return false;
        }

        WorkerPool.Shared.Run(parts, parts.Count, _threads, new PooledCall(Unsafe.AsPointer(ref input), Unsafe.AsPointer(ref output)));
        return true;
    }
}
