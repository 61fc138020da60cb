using System.Buffers.Binary;
using System.CommandLine;
using Espalier.Tests.Harness;
using Mnist;

namespace Espalier.Samples.Tests.Table;

/// <summary>The table's errors come from the blobs, run by the compiled kernels, and from nothing that a manifest claims.</summary>
public class TableTests
{
    private const int Images = 200;

    [Fact]
    public void ErrorsAreTheSameWithEveryAccuracyInTheManifestsZeroed()
    {
        using var folder = new TemporaryFolder();
        var data = Data(folder.Path);
        var (claimed, zeroed) = (Save(folder.Path, "claimed", 0.99), Save(folder.Path, "zeroed", 0));
        Assert.Contains("\"validationAccuracy\": 0.99", File.ReadAllText(Path.Combine(claimed, "SmallLeNet300.espalier.json")), StringComparison.Ordinal);
        Assert.Contains("\"validationAccuracy\": 0,", File.ReadAllText(Path.Combine(zeroed, "SmallLeNet300.espalier.json")), StringComparison.Ordinal);
        var rows = Rows(data, claimed);
        Assert.Equal(rows, Rows(data, zeroed));

        // The embedded artifacts are those that were saved.
        Assert.Equal(rows, Rows(data, null));
        Assert.Contains("SmallLeNet300/table/test", rows, StringComparison.Ordinal);
        Assert.Contains("TinyLeNet300/table/held-out", rows, StringComparison.Ordinal);
        Assert.Contains("TinyLeNet5/table/test", rows, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherWeightsHaveOtherErrors()
    {
        using var folder = new TemporaryFolder();
        var data = Data(folder.Path);
        var small = Save(folder.Path, "one", null);
        var rows = Rows(data, small);

        // A network whose biases alone speak always answers the same.
        var weights = SmallLeNet300.Trained;
        var silent = weights.Layers.Select((layer, i) => Silent((IntegerLayerWeights)layer)).ToArray<LayerWeights>();
        Artifact.From(new ModelWeights(weights.Model, weights.Normalisation, [.. silent])).Save(small);
        Assert.NotEqual(rows, Rows(data, small));
    }

    private static IntegerLayerWeights Silent(IntegerLayerWeights layer) =>
        new(layer.Layer, new sbyte[layer.Layer.Inputs * layer.Layer.Outputs], [1f], [.. layer.Bias], layer.InputGrid, layer.OutputGrid, null, [0]);

    private static string Save(string folder, string name, double? accuracy)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        Artifact.From(SmallLeNet300.Trained, accuracy).Save(path);
        Artifact.From(TinyLeNet300.Trained, accuracy).Save(path);
        Artifact.From(SmallLeNet5.Trained, accuracy).Save(path);
        Artifact.From(TinyLeNet5.Trained, accuracy).Save(path);
        return path;
    }

    private static string Rows(string data, string? artifacts)
    {
        var json = Path.Combine(data, "rows.json");
        var shared = new SharedOptions();
        var root = new RootCommand { shared.Json, shared.Data, shared.Seed, shared.HeldOut, TableCommand.Describe(shared) };
        string[] from = artifacts is null ? [] : ["--artifacts", artifacts];
        Assert.Equal(0, root.Parse(["table", "--data", data, "--held-out", "50", "--json", json, .. from]).Invoke());
        return File.ReadAllText(json);
    }

    /// <summary>Strokes at random places in the form of MNIST's files: not digits, but images that answers differ for.</summary>
    private static string Data(string folder)
    {
        foreach (var part in new[] { "train", "t10k" })
        {
            var random = new Random(part.Length);
            var pixels = new byte[16 + (Images * 784)];
            BinaryPrimitives.WriteInt32BigEndian(pixels, 0x803);
            BinaryPrimitives.WriteInt32BigEndian(pixels.AsSpan(4), Images);
            BinaryPrimitives.WriteInt32BigEndian(pixels.AsSpan(8), 28);
            BinaryPrimitives.WriteInt32BigEndian(pixels.AsSpan(12), 28);
            for (var stroke = 0; stroke < 10 * Images; stroke++)
            {
                pixels.AsSpan(16 + (stroke / 10 * 784) + random.Next(770), random.Next(4, 14)).Fill(250);
            }

            var labels = new byte[8 + Images];
            BinaryPrimitives.WriteInt32BigEndian(labels, 0x801);
            BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), Images);
            for (var i = 0; i < Images; i++)
            {
                labels[8 + i] = (byte)random.Next(10);
            }

            File.WriteAllBytes(Path.Combine(folder, $"{part}-images-idx3-ubyte"), pixels);
            File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), labels);
        }

        return folder;
    }
}
