using CsCheck;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>Steps without weights: in vectors they give the bits of their scalar twins, and both what the definition says, computed in doubles.</summary>
public class ImageStepTests
{
    private static readonly Gen<(int Channels, int Height, int Width, bool Codes, int Seed)> s_image =
        Gen.Select(Gen.OneOf(Gen.Int[1, 20], Gen.Int[1, 150]), Gen.Int[1, 9], Gen.Int[1, 9], Gen.Bool, Gen.Int[0, int.MaxValue - 1]);

    private static int Stride(int channels) => (channels + 15) / 16 * 16;

    [Fact]
    public void MaxPoolTakesTheLargestOfEachWindow() => Gen.Select(s_image, s_window).Sample(
        (image, window) => Pool(image, window, (block, input, output, tier) => new MaxPoolStep(input, output, window.Pool, tier), (values, _, _) => values.Max()), iter: 400);

    [Fact]
    public void AveragePoolTakesTheMeanOfEachWindow() => Gen.Select(s_image, s_window, Gen.Bool, Gen.Int[0, 127]).Sample(
        (image, window, countsPadding, zeroPoint) => Pool(
            image,
            window,
            (block, input, output, tier) => new AveragePoolStep(input, output, window.Pool, countsPadding, image.Codes ? zeroPoint : 0, tier),
            (values, codes, padded) => codes
                ? Math.Round(values.Sum(value => value - zeroPoint) / (countsPadding ? padded : values.Count), MidpointRounding.ToEven) + zeroPoint
                : values.Sum() / (countsPadding ? padded : values.Count)),
        iter: 400);

    [Fact]
    public void MeansOfManyCodesAreRoundedToTheEvenOfTwo()
    {
        for (var count = 1; count < 70; count++)
        {
            for (var sum = -127 * count; sum <= 127 * count; sum++)
            {
                var expected = Math.Round((decimal)sum / count, MidpointRounding.ToEven) + 127;
                Assert.Equal((byte)expected, MeanCode.Of(sum, count, 127));
                if (sum % 7 == 0)
                {
                    Assert.Equal((int)expected, MeanCode.Of(new System.Numerics.Vector<int>(sum), new System.Numerics.Vector<float>(count), new System.Numerics.Vector<int>(127))[0]);
                }
            }
        }
    }

    [Fact]
    public void AddAddsImages() => Gen.Select(s_image, Gen.Int[2, 4], Gen.Bool, Gen.Int[1, 127]).Sample(
        (image, count, rectifies, zeroPoint) =>
        {
            var grids = Enumerable.Range(0, count + 1).Select(i => new ActivationGrid(0.01f * (i + 1), (ushort)(zeroPoint * i / count), 127)).ToArray();
            var activation = rectifies ? Activation.Relu : Activation.None;
            Check(
                image.Seed,
                block => [.. Enumerable.Range(0, count).Select(i => block.Place(image.Channels, image.Height, image.Width, Stride(image.Channels) + (16 * (i % 2)), image.Codes))],
                block => block.Place(image.Channels, image.Height, image.Width, Stride(image.Channels), image.Codes),
                (inputs, output, tier) => image.Codes
                    ? new AddStep(inputs, grids[..count], output, grids[count], activation, tier)
                    : new AddStep(inputs, output, activation, tier),
                (block, inputs, channel, row, column) =>
                {
                    if (!image.Codes)
                    {
                        var sum = inputs.Sum(input => block.At(input, channel, row, column));
                        return rectifies ? Math.Max(sum, 0) : sum;
                    }

                    var steps = 0f;
                    for (var i = 0; i < count; i++)
                    {
                        steps += (float)(block.At(inputs[i], channel, row, column) - grids[i].ZeroPoint) * (float)((double)grids[i].Scale / grids[count].Scale);
                    }

                    return grids[count].EncodeSteps(rectifies ? MathF.Max(steps, 0) : steps);
                });
        },
        iter: 400);

    [Fact]
    public void ResponseNormDividesByItsNeighbours() => Gen.Select(s_image, Gen.Int[1, 9], Gen.OneOfConst(0.75f, 0.5f, 1.3f)).Sample(
        (image, size, beta) => Check(
            image.Seed,
            block => [block.Place(image.Channels, image.Height, image.Width, Stride(image.Channels), false)],
            block => block.Place(image.Channels, image.Height, image.Width, Stride(image.Channels), false),
            (inputs, output, tier) => new ResponseNormStep(inputs[0], output, size, 0.3f, beta, 1.5f, tier),
            (block, inputs, channel, row, column) =>
            {
                var squares = 0.0;
                for (var neighbour = Math.Max(channel - (size / 2), 0); neighbour <= Math.Min(channel + ((size - 1) / 2), image.Channels - 1); neighbour++)
                {
                    squares += Math.Pow(block.At(inputs[0], neighbour, row, column), 2);
                }

                return block.At(inputs[0], channel, row, column) / Math.Pow(1.5 + (0.3 / size * squares), beta);
            }),
        iter: 300);

    [Fact]
    public void CopiesMoveToAnotherStrideAndClearWhatIsLeft() => Gen.Select(s_image, Gen.Int[0, 3]).Sample(
        (image, more) => Check(
            image.Seed,
            block => [block.Place(image.Channels, image.Height, image.Width, Stride(image.Channels), image.Codes)],
            block => block.Place(image.Channels, image.Height, image.Width, more == 0 ? image.Channels : Stride(image.Channels) + (16 * (more - 1)), image.Codes),
            (inputs, output, tier) => new CopyStep(inputs[0], output, output.Stride - output.Channels, tier),
            (block, inputs, channel, row, column) => block.At(inputs[0], channel, row, column)),
        iter: 300);

    [Fact]
    public void EncodingGivesTheCodesOfTheGrid() => Gen.Select(s_image, Gen.Bool).Sample(
        (image, tight) =>
        {
            var grid = new ActivationGrid(0.02f, 40, 127);
            Check(
                image.Seed,
                block => [block.Place(image.Channels, image.Height, image.Width, Stride(image.Channels), false)],
                block => block.Place(image.Channels, image.Height, image.Width, tight ? image.Channels : Stride(image.Channels), true),
                (inputs, output, tier) => new EncodeStep(inputs[0], output, grid, tier),
                (block, inputs, channel, row, column) => grid.EncodeSteps((float)block.At(inputs[0], channel, row, column) * (float)(1.0 / grid.Scale)));
        },
        iter: 300);

    private static readonly Gen<(PoolWindow Pool, bool Ceiling)> s_window = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Bool, Gen.Bool)
        .Select((height, width, down, right, pads, ceiling) => (new PoolWindow(height, width, down, right, pads ? height / 2 : 0, pads ? width / 2 : 0), ceiling));

    private static void Pool(
        (int Channels, int Height, int Width, bool Codes, int Seed) image, (PoolWindow Pool, bool Ceiling) given,
        Func<StepBlock, ImageMap, ImageMap, InstructionTier, ImageStep> step, Func<List<double>, bool, int, double> reduce)
    {
        var window = given.Pool;
        var geometry = new Planning.WindowGeometry(window.Height, window.Width, window.StrideHeight, window.StrideWidth, window.PaddingHeight, window.PaddingWidth, Ceiling: given.Ceiling);
        var (rows, columns) = (geometry.Rows(image.Height), geometry.Columns(image.Width));
        if (rows == 0 || columns == 0)
        {
            return;
        }

        Check(
            image.Seed,
            block => [block.Place(image.Channels, image.Height, image.Width, Stride(image.Channels), image.Codes)],
            block => block.Place(image.Channels, rows, columns, Stride(image.Channels), image.Codes),
            (inputs, output, tier) => step(null!, inputs[0], output, tier),
            (block, inputs, channel, row, column) =>
            {
                var values = new List<double>();
                var padded = 0;
                for (var y = (row * window.StrideHeight) - window.PaddingHeight; y < (row * window.StrideHeight) - window.PaddingHeight + window.Height; y++)
                {
                    for (var x = (column * window.StrideWidth) - window.PaddingWidth; x < (column * window.StrideWidth) - window.PaddingWidth + window.Width; x++)
                    {
                        padded += y < image.Height + window.PaddingHeight && x < image.Width + window.PaddingWidth ? 1 : 0;
                        if (y >= 0 && y < image.Height && x >= 0 && x < image.Width)
                        {
                            values.Add(block.At(inputs[0], channel, y, x));
                        }
                    }
                }

                return reduce(values, image.Codes, padded);
            });
    }

    private static void Check(
        int seed, Func<StepBlock, ImageMap[]> inputs, Func<StepBlock, ImageMap> output,
        Func<ImageMap[], ImageMap, InstructionTier, ImageStep> step, Func<StepBlock, ImageMap[], int, int, int, double> expected)
    {
        byte[]? first = null;
        foreach (var tier in new[] { InstructionTier.Scalar, InstructionTiers.Best })
        {
            var block = new StepBlock(1 << 20);
            var sources = inputs(block);
            var random = new Random(seed);
            Array.ForEach(sources, source => block.Fill(source, random));
            var target = output(block);
            var before = block.Copy();
            step(sources, target, tier).Run(ref block.Memory.Start);
            for (var row = 0; row < target.Height; row++)
            {
                for (var column = 0; column < target.Width; column++)
                {
                    for (var channel = 0; channel < target.Channels; channel++)
                    {
                        var wanted = expected(block, sources, channel, row, column);
                        Assert.Equal(wanted, block.At(target, channel, row, column), target.Codes ? 0 : 2e-6 * Math.Max(1, Math.Abs(wanted)));
                    }

                    for (var channel = target.Channels; channel < Math.Min(target.Stride, Stride(target.Channels)); channel++)
                    {
                        Assert.True(double.IsFinite(block.At(target, channel, row, column)));
                    }
                }
            }

            // Nothing else has changed.
            var end = target.Offset + (target.Height * target.Width * target.Stride * (target.Codes ? 1 : 4));
            Assert.True(before.AsSpan(0, target.Offset).SequenceEqual(block.Memory.Bytes[..target.Offset]) && before.AsSpan(end).SequenceEqual(block.Memory.Bytes[end..]));
            first ??= block.Copy();
            Assert.True(first.AsSpan(target.Offset, end - target.Offset).SequenceEqual(block.Memory.Bytes[target.Offset..end]) || !target.Codes);
        }
    }
}
