using System.Numerics;
using Espalier.Numerics;
using Xunit;

namespace Espalier.Integration.Tests.LowPrecision;

/// <summary>Shared numbers against scalar arithmetic, on whatever vectors this process has.</summary>
public class StoredNumbersTests
{
    private const int Count = 208;

    [Theory]
    [InlineData(8, Rounding.Nearest)]
    [InlineData(8, Rounding.Stochastic)]
    [InlineData(16, Rounding.Nearest)]
    [InlineData(16, Rounding.Stochastic)]
    public void AdditionsEqualTheirTwinBitForBit(int bits, Rounding rounding)
    {
        var top = (1 << (bits - 1)) - 1;
        const float Range = 3;
        var step = Range / top;
        var numbers = StoredNumbers.Create(new NumberWidth(bits), Count, Range);
        var random = new Random(1);
        var points = Enumerable.Range(0, Count).Select(i => i < 8 ? top - i : i < 16 ? i - 8 - top : random.Next(-top, top + 1)).ToArray();
        numbers.Encode(0, [.. points.Select(point => point * step)]);
        var (lanes, twin) = (new RandomLanes(3), new GridKernelTwin(new RandomNumbers(3)));
        var drawn = new uint[RandomLanes.Count];
        var values = new float[Count];
        for (var round = 0; round < 20; round++)
        {
            // Changes of fractions of a step, of many steps, and none.
            var changes = Enumerable.Range(0, Count).Select(i => i % 7 == 0 ? 0 : (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-2, 4)) * step).ToArray();
            const float Factor = -0.7f;
            numbers.Add(changes, Factor, rounding, lanes);
            for (var i = 0; i < Count; i++)
            {
                var lane = i % RandomLanes.Count;
                if (rounding == Rounding.Stochastic)
                {
                    drawn[lane] = i % GridKernel.Block < RandomLanes.Count ? twin.Next(lane) : BitOperations.RotateLeft(drawn[lane], 8);
                }

                points[i] = GridKernelTwin.Moved(points[i], changes[i] * (Factor / step), top, rounding == Rounding.Stochastic ? drawn[lane] : null);
            }

            numbers.Decode(0, values);
            Assert.Equal(points.Select(point => point * step), values);
        }

        Assert.Contains(top, points);
        Assert.Contains(-top, points);
    }

    [Fact]
    public void PartsAreDecodedFromAnywhere()
    {
        var numbers = StoredNumbers.Create(new NumberWidth(8), 64, 127);
        numbers.Encode(3, [.. Enumerable.Range(1, 40).Select(i => i + 0.4f)]);
        var part = new float[29];
        numbers.Decode(5, part);
        Assert.Equal(Enumerable.Range(3, 29).Select(i => (float)i), part);
    }
}
