using System.Text;
using System.Text.Json;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Artifacts;

public class ManifestTextTests
{
    [Fact]
    public void OfManyLayersStaysSmall()
    {
        var quantization = new QuantizationDescription { Weights = Precision.Int8, Inputs = Precision.Int8 };
        var model = new ModelDescription
        {
            Name = "Tests.Deep",
            Layers = [.. Enumerable.Range(0, 155).Select(i => TestModels.Dense($"{i}/Hidden{i}", 100, 100, Activation.Relu, Precision.Int8, 0.9, 16) with { Quantization = quantization })],
        };
        var manifest = Artifact.From(TestWeights.Of(model, 3, 0.1f), 0.987654).Manifest;
        var bytes = Encoding.UTF8.GetByteCount(manifest);
        Assert.True(bytes <= 64 << 10, $"{bytes} bytes:\n{manifest[..Math.Min(3000, manifest.Length)]}");
        using var json = JsonDocument.Parse(manifest);
        Assert.Equal(155, json.RootElement.GetProperty("layers").GetArrayLength());
    }

    [Fact]
    public void OfADeepGraphStaysSmall()
    {
        // As many layers as ResNet-152 has, with paths as long; its numbers of channels take some letters more.
        var graph = new GraphModels(new ImageShape(8, 4, 4));
        LayerDescription Named(LayerDescription layer, int block, string rest) => layer with { Path = $"{block / 12}/Stage{block / 12}/{block}/Bottleneck1024/{rest}", BatchNorm = layer.HasWeights ? new() : null };
        for (var block = 0; block < 50; block++)
        {
            var entry = graph.Last;
            graph.Conv(2, 1, precision: Precision.Int8, activation: Activation.Relu);
            graph.Conv(2, 3, padding: 1, precision: Precision.Int8, activation: Activation.Relu);
            var last = graph.Conv(8, 1, precision: Precision.Int8);
            var other = block % 13 == 0 ? graph.Conv(8, 1, sources: [entry], precision: Precision.Int8) : entry;
            graph.Sum(last, other, Activation.Relu);
        }

        graph.GlobalAverage();
        graph.Dense(10, precision: Precision.Int8);
        var model = graph.Model();
        model = model with { Layers = [.. model.Layers.Select((layer, i) => Named(layer, i / 4, $"{i}/Middle1024"))] };
        var manifest = Artifact.From(TestWeights.Of(model, 3, 0.4f), 0.987654).Manifest;
        Assert.InRange(Encoding.UTF8.GetByteCount(manifest), 1, 62_000);
    }

    // The build's targets read it with a regular expression, which knows no escapes.
    [Theory]
    [InlineData("Tests.Outer+Net")]
    [InlineData("Tests.Größe")]
    public void SpellsTheModelAsItIs(string name)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Int8, null, null) with { Name = name };
        Assert.Contains($"\"model\": \"{name}\"", Artifact.From(TestWeights.Of(model, 3)).Manifest);
    }
}
