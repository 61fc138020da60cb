using Espalier.Kernels;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests;

public class SlotBalanceTests
{
    /// <summary>Weights as pruning leaves them, few up to 127: dealt out in the order of their columns they break 16-bit sums, balanced they do not.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void KeepsPairsOfStepsInsideSixteenBits(int windows)
    {
        var weights = Pruned(60, 400, 0.1);
        var schedule = WindowedSchedule.Build(NonzeroRows.Of(weights.Codes, weights.Nonzeros, 400, []), 16, windows == 1 ? 8 : 4, 128, 16);
        var balanced = windows == 1 ? schedule : schedule.InPairs();
        Assert.Equal(1, LaneSliceDepth.Prove(balanced, weights, 4));
        var places = Places(balanced);
        var steps = balanced.Entries.ToDictionary(Weight, entry => entry.Slot / 4);
        SlotBalance.Apply(balanced, 4, windows);
        Assert.Equal(2, LaneSliceDepth.Prove(balanced, weights, 4));

        // Every nonzero is still there once, in the same pair and row, in a slot of its own, and in its own step where steps have their own windows.
        Assert.Equal(places, Places(balanced));
        Assert.Equal(balanced.Entries.Length, balanced.Entries.Select(entry => (entry.Step, entry.Lane, entry.Slot)).Distinct().Count());
        Assert.All(balanced.Entries, entry => Assert.InRange(entry.Slot, 0, 7));
        if (windows == 2)
        {
            Assert.Equal(steps, balanced.Entries.ToDictionary(Weight, entry => entry.Slot / 4));
        }
    }

    private static List<(int, byte, int, int, byte, sbyte)> Places(WindowedSchedule schedule) =>
        [.. schedule.Entries.Select(entry => (entry.Step, entry.Lane, entry.Output, entry.Column, entry.Index, entry.Code)).Order()];

    private static (int Output, int Column) Weight(WindowedSchedule.Entry entry) => (entry.Output, entry.Column);

    private static IntegerLayerWeights Pruned(int outputs, int inputs, double density)
    {
        var random = new Random(5);
        var codes = new sbyte[outputs * inputs];
        for (var i = 0; i < codes.Length; i++)
        {
            // Few large ones, many near the threshold that pruning left, as Gaussian weights have them.
            var magnitude = Math.Min(127, 15 + (int)(20 * -Math.Log(1 - random.NextDouble())));
            codes[i] = random.NextDouble() < density ? (sbyte)(random.Next(2) == 0 ? magnitude : -magnitude) : (sbyte)0;
        }

        var layer = TestModels.Dense("0/Layer", inputs, outputs, precision: Precision.Int8, sparsity: 1 - density) with
        {
            Quantization = new QuantizationDescription { Weights = Precision.Int8, Inputs = Precision.Int8, PerChannel = false },
        };
        return new IntegerLayerWeights(layer, codes, [1f], new float[outputs], new ActivationGrid(1, 0, 127), null);
    }
}
