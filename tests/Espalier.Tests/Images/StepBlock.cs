using Espalier.Kernels;

namespace Espalier.Tests.Images;

/// <summary>A block of scratch with images in it, full of what no number may depend on: NaN, and codes above every grid.</summary>
internal sealed class StepBlock
{
    private int _next;

    public StepBlock(int bytes)
    {
        Memory = new AlignedMemory(bytes);
        Memory.Bytes.Fill(0xFF);
    }

    public AlignedMemory Memory { get; }

    /// <summary>A place for an image; the vector behind it stays free, so that what is written there shows.</summary>
    public ImageMap Place(int channels, int height, int width, int stride, bool codes)
    {
        var map = new ImageMap(_next, channels, height, width, stride, codes);
        _next += (height * width * stride * (codes ? 1 : 4)) + 128;
        return map;
    }

    public void Fill(ImageMap map, Random random, int top = 127)
    {
        for (var pixel = 0; pixel < map.Height * map.Width; pixel++)
        {
            for (var channel = 0; channel < map.Channels; channel++)
            {
                if (map.Codes)
                {
                    Codes(map)[(pixel * map.Stride) + channel] = (byte)random.Next(top + 1);
                }
                else
                {
                    Floats(map)[(pixel * map.Stride) + channel] = (random.NextSingle() * 4) - 2;
                }
            }
        }
    }

    public Span<byte> Codes(ImageMap map) => Memory.Bytes.Slice(map.Offset, map.Height * map.Width * map.Stride);

    public Span<float> Floats(ImageMap map) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Memory.Bytes.Slice(map.Offset, map.Height * map.Width * map.Stride * 4));

    /// <summary>A number as double: a code less nothing, or a float.</summary>
    public double At(ImageMap map, int channel, int row, int column)
    {
        var place = (((row * map.Width) + column) * map.Stride) + channel;
        return map.Codes ? Codes(map)[place] : Floats(map)[place];
    }

    public byte[] Copy() => Memory.Bytes.ToArray();
}
