using Benchmarks.Models;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Training;

/// <summary>The products of one training step against the processor's peak, and a whole epoch on numbers that are as sparse as MNIST's pixels.</summary>
internal static class TrainingCommand
{
    private const int Batch = 64;
    private const int Samples = 60_000;
    private const int Pixels = 784;
    private const double LeNetSeconds = 5;

    /// <summary>Of the pixels of MNIST's training images.</summary>
    private const double PixelDensity = 0.19;

    public static int Run(string? network, int rounds, FileInfo? json)
    {
        var rows = new MeasurementRows("training");
        if (network is null or "lenet300")
        {
            Products(rounds, rows);
            Epochs(rows);
        }

        if (network is null or "lenet5")
        {
            Images(rows);
        }

        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static void Products(int rounds, MeasurementRows rows)
    {
        var peak = FusedMultiplyAddPeak.GigaOperations();
        var table = Tables.New($"LeNet-300-100, batch {Batch}, one thread; peak of multiply-adds {peak:0} GFLOP/s", ["product", "dense µs", "of the peak", "nonzeros", "by nonzeros µs", "ratio"]);
        foreach (var product in ProductTimes.OfLeNet(Batch))
        {
            var density = product.Name.EndsWith("784-300", StringComparison.Ordinal) ? PixelDensity : 0.3;
            var (dense, sparse) = product.Micros(rounds, density);
            table.AddRow(product.Name, Short(dense), $"{product.Operations / dense / 1e3 / peak:P0}", $"{density:P0}", Short(sparse), Short(dense / sparse));
            rows.Add(product.Name, "espalier", "micros", dense);
            rows.Add(product.Name, "espalier-peak", "ratio", product.Operations / dense / 1e3 / peak);
            rows.Add(product.Name, "espalier-nonzeros", "micros", sparse);
        }

        Tables.Write(table);
    }

    private static void Epochs(MeasurementRows rows)
    {
        var (train, none) = (RandomSamples(), new LabelledSamples([], [], Pixels));
        foreach (var (optimizer, threads) in new (Optimizer, int)[] { (new Sgd(), 1), (new Sgd(), 2), (new Sgd { Nesterov = true }, 1), (new Adam(), 1) })
        {
            var times = new EpochSeconds();
            var options = new TrainingOptions { Epochs = 4, BatchSize = Batch, LearningRate = 0.001, Optimizer = optimizer, Threads = threads };
            new Training<LeNet300Fp32>(options) { Progress = times }.Run(train, none);
            var name = optimizer is Sgd { Nesterov: true } ? "Nesterov" : optimizer.GetType().Name;
            name = threads == 1 ? name : $"{name}, {threads} threads";
            Console.WriteLine($"An epoch of {Samples} samples with {name}: {times.Median:0.000} s");
            rows.Add($"LeNet-300-100/epoch/{name}", "espalier", "seconds", times.Median);
        }
    }

    private static void Images(MeasurementRows rows)
    {
        var peak = FusedMultiplyAddPeak.GigaOperations();
        var bound = peak * 1e9 / 2 / LeNet5Training.MultiplyAdds;
        Console.WriteLine($"LeNet-5: {LeNet5Training.MultiplyAdds / 1e6:0.00} million multiply-adds a sample where every product is dense; at the peak of one thread, {peak:0} GFLOP/s, those are {bound:0} samples a second");
        foreach (var threads in new[] { 1, 2 })
        {
            var times = LeNet5Training.Measure(Batch, threads, LeNetSeconds);
            var name = threads == 1 ? "one thread" : $"{threads} threads";
            Console.WriteLine($"LeNet-5, batches of {Batch}, {name}: {times.SamplesPerSecond:0} samples a second; µs a sample: forward {times.Forward:0.0}, backward {times.Backward:0.0}, update {times.Update:0.0}");
            rows.Add($"LeNet-5/b{Batch}/{name}", "espalier", "samples-per-second", times.SamplesPerSecond);
            rows.Add($"LeNet-5/b{Batch}/{name}/dense-bound", "espalier-peak", "samples-per-second", threads * bound);
        }
    }

    private static LabelledSamples RandomSamples()
    {
        var random = new Random(1);
        var pixels = new float[Samples * Pixels];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = random.NextDouble() < PixelDensity ? random.Next(1, 256) : 0;
        }

        return new LabelledSamples(pixels, [.. Enumerable.Range(0, Samples).Select(_ => random.Next(10))], Pixels);
    }

    private sealed class EpochSeconds : IProgress<TrainingProgress>
    {
        private readonly List<double> _seconds = [];

        public double Median => _seconds.Order().ElementAt(_seconds.Count / 2);

        public void Report(TrainingProgress value)
        {
            if (value.Epoch > 0)
            {
                _seconds.Add(value.Seconds);
            }
        }
    }
}
