using System.Collections.Immutable;
using Xunit;

namespace Espalier.Tests.LowPrecision;

public class BuckwildTrainingTests
{
    private const int Width = 20;
    private const int Classes = 4;

    private static readonly LabelledSamples s_train = Samples(3000, 1);
    private static readonly LabelledSamples s_heldOut = Samples(1000, 2);

    /// <summary>Updates of bytes are below half a step when the step size has fallen: to nearest they are lost.</summary>
    [Fact]
    public void BytesLearnNearlyAsFloatsByStochasticRoundingAlone()
    {
        var full = Run(new BuckwildOptions { Signature = DmgcSignature.D32FM32F });
        var wide = Run(new BuckwildOptions { Signature = DmgcSignature.D16M16 });
        var bytes = Run(new BuckwildOptions());
        var nearest = Run(new BuckwildOptions { Rounding = Rounding.Nearest });
        var all = $"D32fM32f {Last(full)}, D16M16 {Last(wide)}, D8M8 {Last(bytes)}, nearest {Last(nearest)}; start {Math.Log(Classes)}";
        Assert.True(Last(full) < 0.4 * Math.Log(Classes), all);
        Assert.InRange(Last(wide), 0.9 * Last(full), 1.1 * Last(full));
        Assert.True(Last(bytes) < Last(full) + (0.15 * (Math.Log(Classes) - Last(full))), all);
        Assert.True(Last(nearest) > Last(full) + (0.2 * (Math.Log(Classes) - Last(full))), all);
        Assert.True(bytes.ValidationAccuracy > full.ValidationAccuracy - 0.04, $"{bytes.ValidationAccuracy} {full.ValidationAccuracy}");
    }

    [Theory]
    [InlineData("D8M8")]
    [InlineData("D16M16")]
    [InlineData("D32fM32f")]
    public void TwoThreadsLearnAsWellAsOne(string signature)
    {
        var alone = Run(new BuckwildOptions { Signature = DmgcSignature.Parse(signature) });
        var together = Run(new BuckwildOptions { Signature = DmgcSignature.Parse(signature), Threads = 2 });
        Assert.Equal(alone.Epochs.Count, together.Epochs.Count);
        Assert.InRange(Last(together), 0.75 * Last(alone), 1.25 * Last(alone));
        Assert.True(together.Epochs[^1].Loss < 0.6 * together.Epochs[0].Loss);
    }

    /// <summary>Whatever races do, a weight is a point of the grid inside of its ends.</summary>
    [Fact]
    public void ThreadsLeaveEveryWeightOnItsGrid()
    {
        var result = Run(new BuckwildOptions { Threads = 4, LearningRate = 3, RangeFactor = 1, Epochs = 2 });
        for (var i = 0; i < result.Weights.Layers.Length; i++)
        {
            var layer = result.Weights.Layers[i];
            var bound = MathF.Sqrt(i == 0 ? 6f / Width : 6f / (30 + Classes));
            var steps = Enumerable.Range(0, layer.Layer.Outputs).SelectMany(o => Enumerable.Range(0, layer.Layer.Inputs).Select(n => layer.Weight(o, n) / (bound / 127))).ToArray();
            Assert.All(steps, step => Assert.Equal(MathF.Round(step), step, 1e-4f));
            Assert.All(steps, step => Assert.InRange(step, -127.001f, 127.001f));
            Assert.Contains(steps, step => Math.Abs(step) > 126.9f);
        }
    }

    [Fact]
    public void OneThreadAndOneSeedGiveOneModel()
    {
        float[] Weights(int seed)
        {
            var weights = Run(new BuckwildOptions { Epochs = 1, Seed = seed }).Weights.Layers[0];
            return [.. Enumerable.Range(0, Width).Select(i => weights.Weight(0, i))];
        }

        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    [Fact]
    public void EpochsAreReportedAndCancellationStopsEveryThread()
    {
        using var source = new CancellationTokenSource();
        var seen = new List<BuckwildEpoch>();
        var training = new BuckwildTraining(Model(), new BuckwildOptions { Threads = 2, Epochs = 1000 })
        {
            Progress = new Reports(epoch =>
            {
                seen.Add(epoch);
                if (epoch.Epoch == 2)
                {
                    source.Cancel();
                }
            }),
        };
        Assert.ThrowsAny<OperationCanceledException>(() => training.Run(s_train, s_heldOut, source.Token));
        Assert.Equal([1, 2], seen.Select(epoch => epoch.Epoch));
        Assert.All(seen, epoch => Assert.True(epoch.NumbersPerSecond > 0 && epoch.Epochs == 1000));
    }

    [Fact]
    public void WhatCannotBeTrainedIsRefused()
    {
        void Refused<T>(BuckwildOptions options, string part)
            where T : Exception => Assert.Contains(part, Assert.ThrowsAny<T>(() => new BuckwildTraining(Model(), options).Run(s_train, s_heldOut, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

        Refused<ArgumentException>(new BuckwildOptions { Threads = 0 }, "Threads");
        Refused<ArgumentException>(new BuckwildOptions { BatchSize = 0 }, "BatchSize");
        Refused<ArgumentException>(new BuckwildOptions { LearningRate = double.NaN }, "LearningRate");
        Refused<ArgumentException>(new BuckwildOptions { RangeFactor = 0.5f }, "RangeFactor");
        Refused<ArgumentException>(new BuckwildOptions { Signature = DmgcSignature.Parse("D8i16M8") }, "D8i16M8");
        Refused<NotSupportedException>(new BuckwildOptions { Signature = DmgcSignature.Parse("D4M8") }, "numbers of 4");
        Refused<ArithmeticException>(new BuckwildOptions { Signature = DmgcSignature.D32FM32F, LearningRate = 1e30 }, "step size");
        Assert.Throws<ArgumentException>(() => new BuckwildTraining(Model()).Run(new LabelledSamples(new float[3], [0], 3), s_heldOut, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => new BuckwildTraining(Model()).Run(new LabelledSamples([], [], Width), s_heldOut, TestContext.Current.CancellationToken));
    }

    private static double Last(BuckwildResult result) => result.Epochs[^1].Loss;

    private static BuckwildResult Run(BuckwildOptions options) =>
        new BuckwildTraining(Model(), options with { Normalisation = Normalisation.None }).Run(s_train, s_heldOut, TestContext.Current.CancellationToken);

    private static ModelDescription Model() => new()
    {
        Name = "Small",
        Layers =
        [
            new LayerDescription { Path = "0/Hidden", Kind = "Dense", Arguments = [Width, 30], Inputs = Width, Outputs = 30, Activation = Activation.Relu },
            new LayerDescription { Path = "1/Logits", Kind = "Dense", Arguments = [30, Classes], Inputs = 30, Outputs = Classes },
        ],
    };

    /// <summary>The class is the largest of a few hidden sums.</summary>
    private static LabelledSamples Samples(int count, int seed)
    {
        var hidden = new Random(99);
        var weights = Enumerable.Range(0, Width * Classes).Select(_ => (2 * hidden.NextSingle()) - 1).ToArray();
        var random = new Random(seed);
        var inputs = new float[count * Width];
        var labels = new int[count];
        for (var row = 0; row < count; row++)
        {
            var sums = new float[Classes];
            for (var i = 0; i < Width; i++)
            {
                inputs[(row * Width) + i] = (2 * random.NextSingle()) - 1;
                for (var c = 0; c < Classes; c++)
                {
                    sums[c] += inputs[(row * Width) + i] * weights[(c * Width) + i];
                }
            }

            labels[row] = Array.IndexOf(sums, sums.Max());
        }

        return new LabelledSamples(inputs, labels, Width);
    }

    private sealed class Reports(Action<BuckwildEpoch> report) : IProgress<BuckwildEpoch>
    {
        public void Report(BuckwildEpoch value) => report(value);
    }
}
