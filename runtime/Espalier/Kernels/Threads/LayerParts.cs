using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>One layer in parts of equally many steps, each a packed layer of its own that the layer's own kernel runs.</summary>
internal sealed unsafe class LayerParts : PooledWork
{
    private readonly ThreadedLayers.Kernel _kernel;
    private readonly PackedLayer[] _parts;
    private readonly nint[] _places;

    /// <param name="layer">The whole layer.</param>
    /// <param name="kernel">Its kernel.</param>
    /// <param name="count">Parts wanted; a layer of fewer tiles has fewer.</param>
    public LayerParts(PackedLayer layer, ThreadedLayers.Kernel kernel, int count)
    {
        _kernel = kernel;
        var ends = Balance(layer, count);
        _parts = new PackedLayer[ends.Length];
        _places = new nint[ends.Length];
        nint rowBytes = layer is PackedIntegerLayer { GivesFloats: false } ? sizeof(byte) : sizeof(float);
        for (var i = 0; i < ends.Length; i++)
        {
            var first = i == 0 ? 0 : ends[i - 1];
            _parts[i] = layer.Part(first, ends[i] - first);
            _places[i] = first * layer.Shape.Rows * rowBytes;
        }
    }

    /// <summary>Parts that there are.</summary>
    public int Count => _parts.Length;

    /// <inheritdoc/>
    public override void Run(int part, in PooledCall call) =>
        _kernel(_parts[part], ref Unsafe.AsRef<byte>(call.Input), ref Unsafe.AddByteOffset(ref Unsafe.AsRef<byte>(call.Output), _places[part]));

    /// <summary>The end of each part, in tiles. Pruned rows are sorted by length, so the first slices take longest and parts differ in tiles.</summary>
    internal static int[] Balance(PackedLayer layer, int count)
    {
        var ends = new int[Math.Min(count, layer.Tiles)];
        long all = 0;
        for (var tile = 0; tile < layer.Tiles; tile++)
        {
            all += Cost(layer, tile);
        }

        long sum = 0;
        var at = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            // At least one tile, and one left for each part to come; half a tile more or less decides where to cut.
            do
            {
                sum += Cost(layer, at++);
            }
            while (at < layer.Tiles - (ends.Length - 1 - i) && (i + 1 == ends.Length || sum + (Cost(layer, at) / 2) < all * (i + 1) / ends.Length));
            ends[i] = at;
        }

        return ends;
    }

    // The end of a tile takes about as long as a step.
    private static long Cost(PackedLayer layer, int tile) => layer.StepsOf(tile) + 1L;
}
