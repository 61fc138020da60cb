using CsCheck;
using Xunit;

namespace Espalier.Tests.Compression;

public class CalibrationTests
{
    private static readonly Gen<float[]> s_numbers = Gen.Select(Gen.Int[1, 400], Gen.Int[-6, 6], Gen.Bool, Gen.Int).Select((count, exponent, signed, seed) =>
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - (signed ? 0.5 : 0)) * Math.Pow(random.NextDouble(), 4) * Math.Pow(10, exponent))).ToArray();
    });

    [Fact]
    public void QuantilesAreThoseOfTheSortedNumbersWithinABin() => Gen.Select(s_numbers, Gen.Double[0, 1]).Sample(it =>
    {
        var (numbers, share) = it;
        var seen = Seen(numbers);
        var sorted = numbers.Order().ToArray();
        var bin = numbers.Max(MathF.Abs) / 4096;
        Assert.Equal(sorted[(int)((numbers.Length - 1) * share)], seen.Quantile(share), bin * 1.001f);
        Assert.Equal(sorted[numbers.Length - 1 - (int)((numbers.Length - 1) * share)], seen.QuantileFromAbove(share), bin * 1.001f);
        Assert.Equal((sorted[0], sorted[^1]), (seen.Lowest, seen.Highest));
    });

    [Fact]
    public void LeastSquaredErrorIsLeast() => s_numbers.Sample(numbers =>
    {
        var seen = Seen(numbers);
        double Error(Calibration calibration)
        {
            var grid = calibration.Grid(seen, 15);
            return numbers.Sum(number => Math.Pow(number - grid.Decode(grid.EncodeSteps(number / grid.Scale)), 2));
        }

        // Within what bins hide: errors of numbers are known to a bin.
        var slack = numbers.Length * Math.Pow(numbers.Max(MathF.Abs) / 15, 2) * 0.01;
        Assert.True(Error(new MeanSquaredErrorCalibration()) <= Error(new MinMaxCalibration()) + slack);
    });

    [Fact]
    public void OutliersWidenOnlyTheGridThatHoldsEverything()
    {
        var random = new Random(2);
        float[] numbers = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextSingle()), 40f];
        var seen = Seen(numbers);
        float Top(Calibration calibration) => calibration.Grid(seen, 127).Scale * 127;
        Assert.Equal(40, Top(new MinMaxCalibration()), 1e-4);
        Assert.InRange(Top(new PercentileCalibration(0.999)), 0.98f, 1.02f);
        
        // 20,000 numbers gain from finer steps what the one outlier loses: the best end lies at about 36.
        Assert.InRange(Top(new MeanSquaredErrorCalibration()), 30f, 39f);
        Assert.Equal(3, Calibration.All.Select(calibration => calibration.GetType()).Distinct().Count());
    }

    [Fact]
    public void EdgesWithoutNumbersAndZerosHaveGrids()
    {
        foreach (var calibration in Calibration.All)
        {
            Assert.Equal(1f / 127, calibration.Grid(Seen([]), 127).Scale);
            Assert.Equal(1f / 127, calibration.Grid(Seen([0, 0, 0]), 127).Scale);
            Assert.Equal(2f / 127, calibration.Grid(Seen([2, 2, 2]), 127).Scale, 1e-6);
        }
    }

    private static CalibrationHistogram Seen(float[] numbers)
    {
        var seen = new CalibrationHistogram();
        seen.Add(numbers);
        return seen;
    }
}
