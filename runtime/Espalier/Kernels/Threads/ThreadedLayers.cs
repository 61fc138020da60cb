using System;
using System.Linq;
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
    internal const int PartsPerThread = 4;

    private readonly (PackedLayer Layer, Kernel Kernel)[] _layers;
    private readonly (PackedConvolution Layer, ConvolutionKernel Kernel)[] _convolutions;
    private readonly ImageStep[] _steps;
    private readonly LayerParts?[] _layerParts;
    private readonly CutConvolution?[] _convolutionParts;
    private readonly StepRows?[] _stepRows;
    private readonly ScratchPool? _rooms;

    private ThreadedLayers(
        int threads, double leastMicros, (PackedLayer Layer, Kernel Kernel)[] layers, (PackedConvolution Layer, ConvolutionKernel Kernel)[] convolutions, ImageStep[] steps)
    {
        Threads = Math.Min(threads, WorkerPool.MostThreads);
        (_layers, _convolutions, _steps) = (layers, convolutions, steps);
        _layerParts = Array.ConvertAll(layers, pair => pair.Layer.Tiles > 1 && LayerTime.Micros(pair.Layer) >= leastMicros ? new LayerParts(pair.Layer, pair.Kernel, Threads * PartsPerThread) : null);
        _convolutionParts = Array.ConvertAll(convolutions, pair => ConvolutionTime.Micros(pair.Layer) >= leastMicros ? CutConvolution.Of(pair.Layer, pair.Kernel, Threads) : null);
        _stepRows = Array.ConvertAll(steps, step => step is { HasRows: true, Output.Height: > 1 } && StepRows.Micros(step) >= leastMicros ? new StepRows(step, Threads * PartsPerThread) : null);
        SampleMicros = layers.Sum(pair => LayerTime.Micros(pair.Layer)) + convolutions.Sum(pair => ConvolutionTime.Micros(pair.Layer));
        HasParts = Array.Exists(_layerParts, parts => parts is not null) || Array.Exists(_convolutionParts, parts => parts is not null);
        if (_convolutionParts.Max(parts => parts?.RoomBytes) is > 0 and var bytes)
        {
            // The first block now: no prediction needs to allocate unless several run at once.
            _rooms = new ScratchPool(checked(Threads * bytes));
            _rooms.Return(_rooms.Rent());
        }
    }

    /// <summary>A kernel of one sample.</summary>
    public delegate void Kernel(PackedLayer layer, ref byte input, ref byte output);

    /// <summary>A convolution's kernel.</summary>
    public delegate void ConvolutionKernel(PackedConvolution layer, ref byte input, ref byte added, ref byte output, ref byte scratch);

    /// <summary>Threads of one prediction.</summary>
    internal int Threads { get; }

    /// <summary>About how long one prediction takes on one thread.</summary>
    internal double SampleMicros { get; }

    /// <summary>Whether any layer is cut.</summary>
    internal bool HasParts { get; }

    /// <summary>Cuts layers into parts; null when nothing is to be shared, as there is one thread or no layer takes long enough.</summary>
    /// <param name="threads">Threads of one prediction, at least 1.</param>
    /// <param name="layers">Each layer with its kernel.</param>
    public static ThreadedLayers? Of(int threads, params (PackedLayer Layer, Kernel Kernel)[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return threads > 1 && new ThreadedLayers(threads, LeastMicros, layers, [], []) is { HasParts: true } threaded ? threaded : null;
    }

    /// <summary>Cuts the layers of a network of images into parts where they take long enough; null for one thread.</summary>
    /// <param name="threads">Threads of one prediction, at least 1.</param>
    /// <param name="layers">Each dense layer with its kernel.</param>
    /// <param name="convolutions">Each convolution with its kernel.</param>
    /// <param name="steps">The steps without weights.</param>
    public static ThreadedLayers? OfImages(
        int threads, (PackedLayer Layer, Kernel Kernel)[] layers, (PackedConvolution Layer, ConvolutionKernel Kernel)[] convolutions, ImageStep[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(convolutions);
        return threads > 1 ? new ThreadedLayers(threads, LeastMicros, layers, convolutions, steps) : null;
    }

    /// <summary>The same layers, cut where they take at least so long.</summary>
    internal ThreadedLayers WithLeast(double micros) => new(Threads, micros, _layers, _convolutions, _steps);

    /// <summary>
    /// Before a prediction of a network of images: its threads are woken now and stay awake until what is returned is disposed. Layers that take too short to be shared
    /// lie between the others, often longer than threads would spin, and waking one takes as long as a layer. Nothing where no layer is cut.
    /// </summary>
    internal WorkerPool.Wakefulness? KeepAwake() => HasParts ? WorkerPool.Shared.KeepAwake(Threads) : null;

    /// <summary>Runs a layer on several threads, or says that the caller should run it as one.</summary>
    /// <param name="layer">Its place in the chain.</param>
    /// <param name="input">What the layer reads: on the stack or pinned, so that it does not move.</param>
    /// <param name="output">What it writes: on the stack or pinned.</param>
    /// <returns>False when the layer takes too short for that; nothing has run then.</returns>
    public unsafe bool TryRun(int layer, ref byte input, ref byte output)
    {
        if (_layerParts[layer] is not { } parts)
        {
            return false;
        }

        WorkerPool.Shared.Run(parts, parts.Count, Threads, new PooledCall(Unsafe.AsPointer(ref input), Unsafe.AsPointer(ref output)));
        return true;
    }

    /// <summary>Runs a step without weights on several threads, or says that the caller should run it as one.</summary>
    /// <param name="step">Its place among these steps.</param>
    /// <param name="scratch">The first byte of the block, which does not move.</param>
    /// <returns>False when the step takes too short for that; nothing has run then.</returns>
    public unsafe bool TryRun(int step, ref byte scratch)
    {
        if (_stepRows[step] is not { } rows)
        {
            return false;
        }

        WorkerPool.Shared.Run(rows, rows.Count, Threads, new PooledCall(null, null, null, Unsafe.AsPointer(ref scratch), null));
        return true;
    }

    /// <summary>Runs a convolution on several threads, or says that the caller should run it as one.</summary>
    /// <param name="convolution">Its place among the convolutions.</param>
    /// <param name="input">The map that enters, in a block that does not move, as all that follow.</param>
    /// <param name="added">The map that is added; anything where none is.</param>
    /// <param name="output">The result.</param>
    /// <param name="scratch">What the plan asks for. What threads need besides belongs to this instance.</param>
    /// <returns>False when the layer takes too short for that, or runs on one thread alone; nothing has run then.</returns>
    public unsafe bool TryRun(int convolution, ref byte input, ref byte added, ref byte output, ref byte scratch)
    {
        if (_convolutionParts[convolution] is not { } parts)
        {
            return false;
        }

        var rooms = parts.RoomBytes > 0 ? _rooms!.Rent() : null;
        try
        {
            var room = rooms is null ? null : Unsafe.AsPointer(ref rooms.Start);
            parts.Run(Threads, new PooledCall(Unsafe.AsPointer(ref input), Unsafe.AsPointer(ref added), Unsafe.AsPointer(ref output), Unsafe.AsPointer(ref scratch), room));
        }
        finally
        {
            if (rooms is not null)
            {
                _rooms!.Return(rooms);
            }
        }

        return true;
    }
}
