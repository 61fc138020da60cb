using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>A convolution in parts: its map is brought into scratch, then come the passes of its kernel, each of which ends before the next begins.</summary>
internal sealed unsafe class CutConvolution
{
    private readonly PackedConvolution _layer;

    private CutConvolution(PackedConvolution layer, (PooledWork Work, int Count)[] passes) => (_layer, Passes) = (layer, passes);

    /// <summary>What runs in turn, each with its parts.</summary>
    public (PooledWork Work, int Count)[] Passes { get; }

    /// <summary>Bytes of scratch that each thread needs for itself.</summary>
    public int RoomBytes => _layer.RoomBytes;

    /// <summary>Cuts a layer; null where it runs on one thread alone, as scalar twins do.</summary>
    public static CutConvolution? Of(PackedConvolution layer, ThreadedLayers.ConvolutionKernel kernel, int threads)
    {
        var kernels = layer.Tier == InstructionTier.Scalar ? [] : layer.Parts(threads * ThreadedLayers.PartsPerThread);
        if (!Array.Exists(kernels, parts => parts.Length > 1))
        {
            return null;
        }

        var passes = new List<(PooledWork Work, int Count)>();
        if (layer.EntryBands > 0)
        {
            var entry = new MapEntry(layer, threads);
            passes.Add((entry, entry.Count));
        }

        foreach (var parts in kernels)
        {
            passes.Add((new PartsOfPass(kernel, parts), parts.Length));
        }

        return new CutConvolution(layer, [.. passes]);
    }

    /// <summary>Runs the layer and returns when it has ended.</summary>
    public void Run(int threads, in PooledCall call)
    {
        foreach (var (work, count) in Passes)
        {
            WorkerPool.Shared.Run(work, count, threads, call);
        }

        End(call);
    }

    /// <summary>After the last pass.</summary>
    public void End(in PooledCall call) => _layer.End(ref Unsafe.AsRef<byte>(call.Output));
}
