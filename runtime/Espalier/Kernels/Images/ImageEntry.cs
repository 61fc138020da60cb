using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>
/// Raw inputs, channel by channel, become the first image, channels last: normalised floats or codes. One of the two conversions of layout that a network has;
/// the other is <see cref="ImageExit"/>.
/// </summary>
public sealed class ImageEntry
{
    /// <summary>Pixels that pass through the first-level cache at once.</summary>
    private const int Block = 256;

    private readonly ImageMap _output;
    private readonly InstructionTier _tier;
    private readonly InputEncoder? _encoder;
    private readonly InputNormaliser? _normaliser;

    /// <param name="output">The image that leaves.</param>
    /// <param name="normalisation">How raw inputs become what the network sees.</param>
    /// <param name="grid">The grid of its codes; null where floats leave.</param>
    /// <param name="tier">The tier to run on.</param>
    public ImageEntry(ImageMap output, Normalisation normalisation, ActivationGrid? grid, InstructionTier tier)
    {
        if (output.Codes != grid.HasValue)
        {
            throw new ArgumentException($"An image of {(output.Codes ? "codes needs a grid" : "floats takes no grid")}. Build again, so that the generated code fits the library.", nameof(grid));
        }

        (_output, _tier) = (output, tier);
        _encoder = grid is { } codes ? new InputEncoder(normalisation, codes) : null;
        _normaliser = grid is null ? new InputNormaliser(normalisation) : null;
    }

    /// <summary>Whether both orders are the same: one channel, or a vector for a dense layer, in planes where it takes 14 bits.</summary>
    private bool IsDirect => _output.Stride == _output.Channels && (_output.Channels == 1 || _output.Height * _output.Width == 1);

    /// <summary>From raw floats; the same bits on every tier.</summary>
    /// <param name="input">Channel by channel, row by row.</param>
    /// <param name="scratch">The first byte of the block.</param>
    [SkipLocalsInit]
    public void Run(ReadOnlySpan<float> input, ref byte scratch)
    {
        if (IsDirect)
        {
            ref var numbers = ref Unsafe.Add(ref scratch, _output.Offset);
            _encoder?.Encode(input, ref numbers, _tier);
            _normaliser?.Encode(input, ref numbers, _tier);
            return;
        }

        var pixels = _output.Height * _output.Width;
        Span<float> block = stackalloc float[Block];
        for (var first = 0; first < pixels; first += Block)
        {
            var count = Math.Min(Block, pixels - first);
            for (var channel = 0; channel < _output.Channels; channel++)
            {
                var plane = input.Slice((channel * pixels) + first, count);
                ref var values = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(block));
                _encoder?.Encode(plane, ref values, _tier);
                _normaliser?.Encode(plane, ref values, _tier);
                Spread(ref values, count, channel, first, ref scratch);
            }

            Clear(first, count, ref scratch);
        }
    }

    /// <summary>From raw bytes, in the same units as floats.</summary>
    /// <param name="input">Channel by channel, row by row.</param>
    /// <param name="scratch">The first byte of the block.</param>
    [SkipLocalsInit]
    public void Run(ReadOnlySpan<byte> input, ref byte scratch)
    {
        if (IsDirect)
        {
            ref var numbers = ref Unsafe.Add(ref scratch, _output.Offset);
            _encoder?.Encode(input, ref numbers, _tier);
            _normaliser?.Encode(input, ref numbers, _tier);
            return;
        }

        var pixels = _output.Height * _output.Width;
        Span<float> block = stackalloc float[Block];
        for (var first = 0; first < pixels; first += Block)
        {
            var count = Math.Min(Block, pixels - first);
            for (var channel = 0; channel < _output.Channels; channel++)
            {
                var plane = input.Slice((channel * pixels) + first, count);
                ref var values = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(block));
                _encoder?.Encode(plane, ref values, _tier);
                _normaliser?.Encode(plane, ref values, _tier);
                Spread(ref values, count, channel, first, ref scratch);
            }

            Clear(first, count, ref scratch);
        }
    }

    /// <summary>The numbers of one channel go to their pixels.</summary>
    private void Spread(ref byte numbers, int count, int channel, int first, ref byte scratch)
    {
        var stride = _output.Stride;
        var place = (first * stride) + channel;
        if (_output.Codes)
        {
            ref var target = ref Unsafe.Add(ref _output.CodesOf(ref scratch), place);
            for (var pixel = 0; pixel < count; pixel++)
            {
                Unsafe.Add(ref target, pixel * stride) = Unsafe.Add(ref numbers, pixel);
            }

            return;
        }

        ref var floats = ref Unsafe.Add(ref _output.FloatsOf(ref scratch), place);
        ref var values = ref Unsafe.As<byte, float>(ref numbers);
        for (var pixel = 0; pixel < count; pixel++)
        {
            Unsafe.Add(ref floats, pixel * stride) = Unsafe.Add(ref values, pixel);
        }
    }

    private void Clear(int first, int count, ref byte scratch)
    {
        if (_output.Padding == 0)
        {
            return;
        }

        for (var pixel = first; pixel < first + count; pixel++)
        {
            ref var padding = ref Unsafe.Add(ref scratch, _output.Offset + (((pixel * _output.Stride) + _output.Channels) * _output.NumberBytes));
            Unsafe.InitBlockUnaligned(ref padding, 0, (uint)(_output.Padding * _output.NumberBytes));
        }
    }
}
