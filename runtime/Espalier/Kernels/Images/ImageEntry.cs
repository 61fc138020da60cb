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

    /// <summary>Whether three channels stand without gaps.</summary>
    private bool IsColour => _output is { Channels: 3, Stride: 3 } && _tier != InstructionTier.Scalar;

    /// <summary>From raw floats; the same bits on every tier.</summary>
    /// <param name="input">Channel by channel, row by row.</param>
    /// <param name="scratch">The first byte of the block.</param>
    public void Run(ReadOnlySpan<float> input, ref byte scratch) => Enter(input, ref scratch);

    /// <summary>From raw bytes, in the same units as floats.</summary>
    /// <param name="input">Channel by channel, row by row.</param>
    /// <param name="scratch">The first byte of the block.</param>
    public void Run(ReadOnlySpan<byte> input, ref byte scratch) => Enter(input, ref scratch);

    [SkipLocalsInit]
    private void Enter<T>(ReadOnlySpan<T> input, ref byte scratch)
        where T : unmanaged
    {
        if (IsDirect)
        {
            Encode(input, ref Unsafe.Add(ref scratch, _output.Offset));
            return;
        }

        var pixels = _output.Height * _output.Width;
        Span<float> block = stackalloc float[3 * Block];
        ref var values = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(block));
        for (var first = 0; first < pixels; first += Block)
        {
            var count = Math.Min(Block, pixels - first);
            if (IsColour)
            {
                EnterColours(input, first, count, ref values, ref scratch);
                continue;
            }

            for (var channel = 0; channel < _output.Channels; channel++)
            {
                Encode(input.Slice((channel * pixels) + first, count), ref values);
                Spread(ref values, count, channel, first, ref scratch);
            }

            Clear(first, count, ref scratch);
        }
    }

    /// <summary>Three channels of a block stand one after the other before they are put together.</summary>
    private void EnterColours<T>(ReadOnlySpan<T> input, int first, int count, ref byte values, ref byte scratch)
        where T : unmanaged
    {
        var pixels = _output.Height * _output.Width;
        ref var green = ref Unsafe.Add(ref values, Block * _output.NumberBytes);
        ref var blue = ref Unsafe.Add(ref green, Block * _output.NumberBytes);
        Encode(input.Slice(first, count), ref values);
        Encode(input.Slice(pixels + first, count), ref green);
        Encode(input.Slice((2 * pixels) + first, count), ref blue);
        if (_output.Codes)
        {
            ColourPixels.Interleave(ref values, ref green, ref blue, count, ref Unsafe.Add(ref _output.CodesOf(ref scratch), 3 * first));
        }
        else
        {
            ColourPixels.Interleave(ref Unsafe.As<byte, float>(ref values), ref Unsafe.As<byte, float>(ref green), ref Unsafe.As<byte, float>(ref blue), count, ref Unsafe.Add(ref _output.FloatsOf(ref scratch), 3 * first));
        }
    }

    /// <summary>Raw floats or raw bytes become normalised floats or codes; which of the two enter is known when this is compiled.</summary>
    private void Encode<T>(ReadOnlySpan<T> raw, ref byte values)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var floats = MemoryMarshal.Cast<T, float>(raw);
            _encoder?.Encode(floats, ref values, _tier);
            _normaliser?.Encode(floats, ref values, _tier);
        }
        else
        {
            var bytes = MemoryMarshal.AsBytes(raw);
            _encoder?.Encode(bytes, ref values, _tier);
            _normaliser?.Encode(bytes, ref values, _tier);
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
