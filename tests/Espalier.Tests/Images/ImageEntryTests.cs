using CsCheck;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>The two conversions of layout that a network has.</summary>
public class ImageEntryTests
{
    private static readonly Gen<(int Channels, int Height, int Width, bool Codes, int Seed)> s_image =
        Gen.Select(Gen.OneOf(Gen.Const(3), Gen.Int[1, 20]), Gen.Int[1, 30], Gen.Int[1, 30], Gen.Bool, Gen.Int[0, int.MaxValue - 1]);

    [Fact]
    public void EveryNumberGoesToItsPixel() => s_image.Sample(
        image =>
        {
            var (channels, height, width, codes, seed) = image;
            var normalisation = new Normalisation(3, 0.25f);
            ActivationGrid? grid = codes ? new ActivationGrid(0.5f, 17, 127) : null;
            var bytes = new byte[channels * height * width];
            new Random(seed).NextBytes(bytes);
            var floats = Array.ConvertAll(bytes, value => (float)value);
            foreach (var tier in new[] { InstructionTier.Scalar, InstructionTiers.Best })
            {
                foreach (var stride in new[] { channels, (channels + 15) / 16 * 16 })
                {
                    var block = new StepBlock(1 << 18);
                    var map = block.Place(channels, height, width, stride, codes);
                    var entry = new ImageEntry(map, normalisation, grid, tier);
                    entry.Run(floats, ref block.Memory.Start);
                    Check(block, map, bytes, grid, normalisation);
                    block.Memory.Bytes.Fill(0xFF);
                    entry.Run(bytes, ref block.Memory.Start);
                    Check(block, map, bytes, grid, normalisation);
                }
            }
        },
        iter: 100);

    [Fact]
    public void TheLastImageLeavesChannelByChannel() => s_image.Sample(
        image =>
        {
            var (channels, height, width, _, seed) = image;
            var block = new StepBlock(1 << 18);
            var map = block.Place(channels, height, width, (channels + 15) / 16 * 16, false);
            block.Fill(map, new Random(seed));
            var output = new float[channels * height * width];
            ImageExit.Run(map, ref block.Memory.Start, output);
            for (var i = 0; i < output.Length; i++)
            {
                Assert.Equal((float)block.At(map, i / (height * width), i / width % height, i % width), output[i]);
            }
        },
        iter: 100);

    [Fact]
    public void ColumnsOfDenseLayersFollowTheImage() => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 5], Gen.Int[1, 5]).Sample((channels, height, width) =>
    {
        var order = ImageColumns.Order(channels, height, width);
        for (var column = 0; column < channels * height * width; column++)
        {
            var (channel, pixel) = (column / (height * width), column % (height * width));
            Assert.Equal((pixel * channels) + channel, order.IsEmpty ? column : order.Span[column]);
        }
    });

    private static void Check(StepBlock block, ImageMap map, byte[] raw, ActivationGrid? grid, Normalisation normalisation)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            var (channel, row, column) = (i / (map.Height * map.Width), i / map.Width % map.Height, i % map.Width);
            var expected = grid is { } codes ? new InputEncoder(normalisation, codes).Encode(raw[i]) : normalisation.Apply(raw[i]);
            Assert.Equal(expected, block.At(map, channel, row, column));
        }

        for (var pixel = 0; pixel < map.Height * map.Width; pixel++)
        {
            for (var channel = map.Channels; channel < map.Stride; channel++)
            {
                Assert.Equal(0, block.At(map, channel, pixel / map.Width, pixel % map.Width));
            }
        }
    }
}
