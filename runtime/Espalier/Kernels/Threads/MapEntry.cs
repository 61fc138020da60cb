using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>What brings the map of a convolution into scratch, in parts of some bands. Maps that take shorter than a hand-over are one part.</summary>
internal sealed unsafe class MapEntry : PooledWork
{
    private const int LeastBytes = 1 << 16;

    private readonly PackedConvolution _layer;

    public MapEntry(PackedConvolution layer, int threads)
    {
        _layer = layer;
        Count = layer.EntryBytes < LeastBytes ? 1 : Math.Min(threads, layer.EntryBands);
    }

    public int Count { get; }

    /// <inheritdoc/>
    public override void Run(int part, in PooledCall call) =>
        _layer.EnterBands(ref Unsafe.AsRef<byte>(call.Input), ref Unsafe.AsRef<byte>(call.Scratch), _layer.EntryBands * part / Count, _layer.EntryBands * (part + 1) / Count);
}
