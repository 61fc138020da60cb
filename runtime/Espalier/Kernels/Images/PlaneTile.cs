using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// The pixels of a tile, channel by channel, to and from maps whose channels lie side by side. A tile may reach over the border between two rows: its places are left out.
/// </summary>
internal sealed class PlaneTile
{
    private const int RowBytes = BlockTransposition.RowBytes;

    private readonly int[] _pixels;
    private readonly int _tilePixels;
    private readonly int _channels;

    public PlaneTile(PlaneGeometry geometry)
    {
        _pixels = geometry.PixelsOfPlaces();
        (_tilePixels, _channels) = (geometry.TilePixels, geometry.Convolution.PaddedOutputs);
    }

    /// <summary>From a map into a tile.</summary>
    /// <param name="tile">Which.</param>
    /// <param name="numberBytes">Bytes of a number: 1 or 4.</param>
    /// <param name="map">The map.</param>
    /// <param name="stride">Numbers from one of its pixels to the next.</param>
    /// <param name="numbers">The tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(int tile, int numberBytes, ref byte map, int stride, ref byte numbers)
    {
        Span<byte> block = stackalloc byte[BlockTransposition.MaximalBytes];
        var pixels = Pixels(tile);
        var (size, pixelBytes, pitch) = (BlockTransposition.Size(numberBytes), stride * numberBytes, (nuint)(_tilePixels * numberBytes));
        for (var place = 0; place < pixels.Length; place += size)
        {
            var some = pixels.Slice(place, size);
            var (first, isRow) = (some[0], IsRow(some));
            for (var channel = 0; channel < _channels; channel += size)
            {
                ref var from = ref Unsafe.Add(ref map, channel * numberBytes);
                ref var to = ref Unsafe.Add(ref numbers, ((channel * _tilePixels) + place) * numberBytes);
                if (isRow)
                {
                    BlockTransposition.Run(numberBytes, ref Unsafe.Add(ref from, first * pixelBytes), (nuint)pixelBytes, ref to, pitch);
                    continue;
                }

                for (var i = 0; i < size; i++)
                {
                    Unsafe.CopyBlockUnaligned(ref block[i * RowBytes], ref Unsafe.Add(ref from, Math.Max(0, some[i]) * pixelBytes), RowBytes);
                }

                BlockTransposition.Run(numberBytes, ref block[0], RowBytes, ref to, pitch);
            }
        }
    }

    /// <summary>From a tile into a map.</summary>
    /// <param name="tile">Which.</param>
    /// <param name="numberBytes">Bytes of a number: 1 or 4.</param>
    /// <param name="numbers">The tile.</param>
    /// <param name="map">The map.</param>
    /// <param name="stride">Numbers from one of its pixels to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Give(int tile, int numberBytes, ref byte numbers, ref byte map, int stride)
    {
        Span<byte> block = stackalloc byte[BlockTransposition.MaximalBytes];
        var pixels = Pixels(tile);
        var (size, pixelBytes, pitch) = (BlockTransposition.Size(numberBytes), stride * numberBytes, (nuint)(_tilePixels * numberBytes));
        for (var place = 0; place < pixels.Length; place += size)
        {
            var some = pixels.Slice(place, size);
            var (first, isRow) = (some[0], IsRow(some));
            for (var channel = 0; channel < _channels; channel += size)
            {
                ref var from = ref Unsafe.Add(ref numbers, ((channel * _tilePixels) + place) * numberBytes);
                ref var to = ref Unsafe.Add(ref map, channel * numberBytes);
                if (isRow)
                {
                    BlockTransposition.Run(numberBytes, ref from, pitch, ref Unsafe.Add(ref to, first * pixelBytes), (nuint)pixelBytes);
                    continue;
                }

                BlockTransposition.Run(numberBytes, ref from, pitch, ref block[0], RowBytes);
                for (var i = 0; i < size; i++)
                {
                    if (some[i] >= 0)
                    {
                        Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref to, some[i] * pixelBytes), ref block[i * RowBytes], RowBytes);
                    }
                }
            }
        }
    }

    private ReadOnlySpan<int> Pixels(int tile) => _pixels.AsSpan(tile * _tilePixels, _tilePixels);

    /// <summary>Whether the places are pixels side by side.</summary>
    private static bool IsRow(ReadOnlySpan<int> pixels) => pixels[0] >= 0 && pixels[^1] - pixels[0] == pixels.Length - 1;
}
