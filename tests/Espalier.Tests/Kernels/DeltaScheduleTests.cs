using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Tests.Kernels;

public class DeltaScheduleTests
{
    /// <summary>The planner has no schedule to look at, so its formula must come near those that are built from random masks.</summary>
    [Theory]
    [InlineData(512, 4096, 0.5)]
    [InlineData(512, 4096, 0.25)]
    [InlineData(512, 4096, 0.23)]
    [InlineData(1024, 4096, 0.1)]
    [InlineData(1024, 4096, 0.09)]
    [InlineData(1024, 4096, 0.04)]
    public void NeedsTheSlotsThatThePlannerExpects(int outputs, int inputs, double density)
    {
        var nonzeros = Nonzeros(outputs, inputs, density, () => 40);
        var schedule = DeltaSchedule.Build(nonzeros, 127, sorted: true);
        Assert.InRange((double)schedule.Moves.Count / nonzeros.Codes.Length / DeltaLaneSlicesLayout.SlotsPerNonzero(density), 0.92, 1.06);
    }

    /// <summary>Following the moves finds every weight once, inside its step's window and with sums that 16 bits hold.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 4096, 0.0005)]
    [InlineData(64, 65, 0.3)]
    [InlineData(100, 640, 0.2)]
    [InlineData(200, 300, 1)]
    [InlineData(70, 9000, 0.001)]
    public void HoldsEveryWeightOnceWithinItsLimits(int outputs, int inputs, double density)
    {
        foreach (var (top, largest) in new[] { (127, 127), (127, 40), (15, 127), (255, 128) })
        {
            var random = new Random(top + largest);
            var nonzeros = Nonzeros(outputs, inputs, density, () => random.Next(3) == 0 ? largest : random.Next(1, largest));
            var schedule = DeltaSchedule.Build(nonzeros, top, sorted: true);
            Assert.Equal(Weights(nonzeros), Followed(schedule, outputs, top).Order());
        }
    }

    private static List<(int Row, int Column, sbyte Code)> Followed(DeltaSchedule schedule, int outputs, int top)
    {
        var found = new List<(int Row, int Column, sbyte Code)>();
        var step = 0;
        for (var slice = 0; slice < schedule.StepCounts.Length; slice++)
        {
            var place = new int[DeltaSchedule.Rows];
            for (var last = step + schedule.StepCounts[slice]; step < last; step++)
            {
                for (var lane = 0; lane < DeltaSchedule.Rows; lane++)
                {
                    var (low, high) = (0, 0);
                    for (var slot = 0; slot < DeltaSchedule.Slots; slot++)
                    {
                        var at = (((step * DeltaSchedule.Slots) + slot) * DeltaSchedule.Rows) + lane;
                        Assert.InRange(schedule.Moves[at], 0, DeltaSchedule.Reach);
                        place[lane] = (place[lane] + schedule.Moves[at]) % DeltaSchedule.Window;
                        if (schedule.Codes[at] is var code && code != 0)
                        {
                            var column = schedule.Starts[step] + ((place[lane] - schedule.Starts[step]) & (DeltaSchedule.Window - 1));
                            var row = (slice * DeltaSchedule.Rows) + lane;
                            Assert.True(row < outputs);
                            found.Add((schedule.Order.Length == 0 ? row : schedule.Order[row], column, code));
                            (low, high) = (low + Math.Min(top * code, 0), high + Math.Max(top * code, 0));
                        }
                    }

                    Assert.True(low >= short.MinValue && high <= short.MaxValue, $"sums from {low} to {high}");
                }
            }
        }

        return found;
    }

    private static IEnumerable<(int Row, int Column, sbyte Code)> Weights(NonzeroRows nonzeros) =>
        Enumerable.Range(0, nonzeros.Rows)
            .SelectMany(row => Enumerable.Range(nonzeros.Start(row), nonzeros.Count(row)).Select(i => (row, nonzeros.Columns[i], nonzeros.Codes[i])))
            .Order();

    private static NonzeroRows Nonzeros(int outputs, int inputs, double density, Func<int> magnitude)
    {
        var random = new Random(outputs + inputs);
        var codes = new sbyte[outputs * inputs];
        for (var i = 0; i < codes.Length; i++)
        {
            var size = magnitude();
            codes[i] = random.NextDouble() >= density ? (sbyte)0 : (sbyte)(random.Next(2) == 0 ? -size : Math.Min(127, size));
        }

        return NonzeroRows.Of(codes, codes.Count(code => code != 0), inputs, []);
    }
}
