using System.Diagnostics;
using Espalier;
using Espalier.Numerics;

namespace Benchmarks.Training;

/// <summary>LeNet-5 as Caffe has it, in fp32: two convolutions of 5×5 with pools, 500 and 10 outputs. Forward, backward and update of batches.</summary>
internal static class LeNet5Training
{
    private const int Classes = 10;

    public static ModelDescription Description { get; } = new()
    {
        Name = "Benchmarks.LeNet5Training",
        Layers =
        [
            Conv("0/Conv1", 1, 20, 28),
            Pool("0/Conv1/MaxPool", 20, 24),
            Conv("1/Conv2", 20, 50, 12),
            Pool("1/Conv2/MaxPool", 50, 8),
            Dense("2/Hidden", 800, 500, Activation.Relu),
            Dense("3/Logits", 500, Classes, Activation.None),
        ],
    };

    /// <summary>Multiply-adds of a sample if every product were dense: forward once, backward twice, but for the gradient of the image.</summary>
    public static double MultiplyAdds { get; } = (2 * (288e3 + 1.6e6)) + 1.6e6 + (3 * (400e3 + 5e3));

    /// <summary>Medians of several times.</summary>
    /// <param name="batch">Samples of a batch.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="seconds">How long to measure.</param>
    public static LeNet5Times Measure(int batch, int threads, double seconds)
    {
        const int batchesAtATime = 8;
        var network = new NetworkTraining(Description, new Normalisation(0, 1 / 255f), batch, new Sgd(), new RandomNumbers(1));
        foreach (var layer in network.Layers)
        {
            layer.Products = new ThreadedProduct(threads);
        }

        var random = new Random(1);
        var labels = Enumerable.Range(0, batch).Select(i => i % Classes).ToArray();
        var images = Enumerable.Range(0, batch).Select(_ => Enumerable.Range(0, 784).Select(_ => random.NextDouble() < 0.19 ? random.Next(1, 256) : 0f).ToArray()).ToArray();
        var times = new List<double>();
        var passes = new List<double>[] { [], [], [] };
        var whole = Stopwatch.StartNew();
        while (whole.Elapsed.TotalSeconds < seconds || times.Count < 4)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < batchesAtATime; i++)
            {
                Step(network, images, labels, passes);
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return new LeNet5Times(batch * batchesAtATime / Median(times.Skip(2)), 1e6 * Median(passes[0]) / batch, 1e6 * Median(passes[1]) / batch, 1e6 * Median(passes[2]) / batch);
    }

    private static double Median(IEnumerable<double> times) => times.Order().ElementAt(times.Count() / 2);

    private static void Step(NetworkTraining network, float[][] images, int[] labels, List<double>[] passes)
    {
        var start = Stopwatch.GetTimestamp();
        for (var row = 0; row < images.Length; row++)
        {
            network.LoadInput(images[row], row);
        }

        network.Forward(images.Length, learns: true);
        passes[0].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        start = Stopwatch.GetTimestamp();
        network.Backward(labels, 1);
        passes[1].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        start = Stopwatch.GetTimestamp();
        foreach (var layer in network.Layers)
        {
            layer.Update(0.001f, 0, 1);
        }

        passes[2].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static LayerDescription Conv(string path, int inputs, int outputs, int size) => new()
    {
        Path = path,
        Kind = "Conv2D",
        Arguments = [inputs, outputs, 5, 5, 1, 1, 0, 0, 1, 1, 1],
        Inputs = inputs * size * size,
        Outputs = outputs * (size - 4) * (size - 4),
        InputShape = new ImageShape(inputs, size, size),
        OutputShape = new ImageShape(outputs, size - 4, size - 4),
    };

    private static LayerDescription Pool(string path, int channels, int size) => new()
    {
        Path = path,
        Kind = "MaxPool",
        Arguments = [2, 2, 2, 2, 0, 0, 0],
        Inputs = channels * size * size,
        Outputs = channels * size * size / 4,
        InputShape = new ImageShape(channels, size, size),
        OutputShape = new ImageShape(channels, size / 2, size / 2),
    };

    private static LayerDescription Dense(string path, int inputs, int outputs, Activation activation) => new()
    {
        Path = path,
        Kind = "Dense",
        Arguments = [inputs, outputs],
        Inputs = inputs,
        Outputs = outputs,
        Activation = activation,
    };
}
