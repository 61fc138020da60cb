using Espalier.Numerics;
using Xunit;

namespace Espalier.Integration.Tests.LowPrecision;

/// <summary>D8M8 against scalar arithmetic, on whatever vectors this process has.</summary>
public class ByteLinearKernelTests
{
    [Theory]
    [InlineData(Rounding.Nearest, RandomDraw.Fresh)]
    [InlineData(Rounding.Stochastic, RandomDraw.Fresh)]
    [InlineData(Rounding.Stochastic, RandomDraw.Shared)]
    public void ProductsEqualScalarArithmetic(Rounding rounding, RandomDraw draw)
    {
        foreach (var width in new[] { 1, 64, 100, 200 })
        {
            // Ranges of 127 make steps of 1: inputs are their codes.
            var random = new Random(width);
            var kernel = new ByteLinearKernel(20, width, 127, 127);
            var (lanes, twin) = (new RandomLanes(6), new GridKernelTwin(new RandomNumbers(6)));
            var (chance, chanceTwin) = (new RandomNumbers(8), new RandomNumbers(8));
            var model = new int[width];
            var weights = new float[width];
            for (var row = 0; row < 20; row++)
            {
                var codes = Enumerable.Range(0, width).Select(_ => random.Next(-127, 128)).ToArray();
                kernel.Load(row, [.. codes.Select(code => (float)code)]);
                var factor = (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-7, 2));
                kernel.Add(row, factor, rounding, draw, lanes, chance);
                Add(codes, model, FixedPointFactor.Of(factor, 7, rounding, chanceTwin), rounding, draw, twin);
                kernel.CopyWeights(weights);
                Assert.Equal(model.Select(weight => (float)weight), weights);
                Assert.Equal((float)codes.Zip(model, (x, w) => x * w).Sum(), kernel.Dot(row));
            }

            Assert.Contains(model, weight => weight != 0);
        }
    }

    private static void Add(int[] codes, int[] model, FixedPointFactor factor, Rounding rounding, RandomDraw draw, GridKernelTwin twin)
    {
        var bits = new uint[2, RandomLanes.Count];
        for (var i = 0; i < (codes.Length + 63 & -64); i++)
        {
            if (i % 64 == 0 && rounding == Rounding.Stochastic && (i == 0 || draw == RandomDraw.Fresh))
            {
                for (var half = 0; half < 2; half++)
                {
                    for (var lane = 0; lane < RandomLanes.Count; lane++)
                    {
                        bits[half, lane] = twin.Next(lane);
                    }
                }
            }

            if (i < codes.Length)
            {
                // Of every sixteen bytes the first eight take numbers of the first draw, the others of the second.
                var place = (i % 64 / 16 * 8) + (i % 8);
                var number = (short)(bits[i % 16 / 8, place / 2] >> (16 * (place % 2))) & ((1 << factor.Shift) - 1);
                var product = ((codes[i] * 256 * factor.Multiplier) + (1 << 14)) >> 15;
                var change = (product + (rounding == Rounding.Stochastic ? number : (1 << factor.Shift) >> 1)) >> factor.Shift;
                model[i] = Math.Clamp(model[i] + Math.Clamp(change, -128, 127), -127, 127);
            }
        }
    }
}
