using System;
using Espalier.Coding;

namespace Espalier;

/// <summary>A grid of activations in the blob.</summary>
internal static class GridCodec
{
    public static void Write(BitWriter writer, ActivationGrid grid)
    {
        writer.Single(grid.Scale);
        if (!grid.HasPlanes)
        {
            writer.Byte(grid.ZeroPoint);
            writer.Byte(grid.Top);
            return;
        }

        // No grid of eight bits ends at 0.
        writer.Byte(0);
        writer.Byte(0);
        writer.Bits(grid.ZeroPoint, 16);
        writer.Bits(grid.Top, 16);
    }

    public static ActivationGrid Read(BitReader reader)
    {
        var scale = reader.Single();
        var (zeroPoint, top) = ((ushort)reader.Byte(), (ushort)reader.Byte());
        return (zeroPoint, top) == (0, 0)
            ? new ActivationGrid(scale, (ushort)reader.Bits(16), (ushort)reader.Bits(16))
            : new ActivationGrid(scale, zeroPoint, top);
    }
}
