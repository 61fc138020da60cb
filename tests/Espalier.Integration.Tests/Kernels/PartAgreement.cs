using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Holds a layer that runs in parts against the same layer in one: the same bits, and not a byte beside them.</summary>
internal static class PartAgreement
{
    private const byte Untouched = 0xA5;

    public static void Check(PackedLayer layer, KernelCompiler.Runner run, AlignedMemory input, string what)
    {
        var bytes = layer is PackedIntegerLayer { GivesPlanes: true }
            ? ActivationPlanes.Size(layer.Layer.Outputs)
            : layer.Tiles * layer.Shape.Rows * (layer is PackedIntegerLayer { GivesFloats: false } ? 1 : sizeof(float));
        var expected = Output(bytes);
        run(layer, ref input.Start, ref expected.Start);
        var twin = Output(bytes);
        layer.Scalar(ref input.Start, ref twin.Start);
        foreach (var count in new[] { 2, 3, 1000 })
        {
            CheckBalance(layer, count, what);
            var parts = new LayerParts(layer, run.Invoke, count);
            Assert.True(expected.Bytes.SequenceEqual(RunParts(parts, input, bytes).Bytes), $"{what}: {count} part(s) give other numbers than the whole");
            var scalar = new LayerParts(layer, (PackedLayer part, ref byte from, ref byte to) => part.Scalar(ref from, ref to), count);
            Assert.True(twin.Bytes.SequenceEqual(RunParts(scalar, input, bytes).Bytes), $"{what}: {count} part(s) of the twin give other numbers than the whole");
        }
    }

    /// <summary>Last part first: none may count on what another has written.</summary>
    private static unsafe AlignedMemory RunParts(LayerParts parts, AlignedMemory input, int bytes)
    {
        var output = Output(bytes);
        fixed (byte* from = input.Bytes, to = output.Bytes)
        {
            for (var part = parts.Count - 1; part >= 0; part--)
            {
                parts.Run(part, new PooledCall(from, to));
            }
        }

        return output;
    }

    private static AlignedMemory Output(int bytes)
    {
        var output = new AlignedMemory(bytes + 64);
        output.Bytes.Fill(Untouched);
        return output;
    }

    /// <summary>Every tile stands in one part, and no part is longer than its share by more than a tile.</summary>
    private static void CheckBalance(PackedLayer layer, int count, string what)
    {
        var ends = LayerParts.Balance(layer, count);
        Assert.Equal(Math.Min(count, layer.Tiles), ends.Length);
        Assert.Equal(layer.Tiles, ends[^1]);
        var costs = Enumerable.Range(0, layer.Tiles).Select(tile => layer.StepsOf(tile) + 1L).ToArray();
        for (var i = 0; i < ends.Length; i++)
        {
            var first = i == 0 ? 0 : ends[i - 1];
            Assert.True(ends[i] > first, $"{what}: part {i} of {count} is empty");
            var cost = costs[first..ends[i]].Sum();
            Assert.True(cost <= (costs.Sum() / ends.Length) + (2 * costs.Max()), $"{what}: part {i} of {count} takes {cost} of {costs.Sum()} steps");
        }
    }
}
