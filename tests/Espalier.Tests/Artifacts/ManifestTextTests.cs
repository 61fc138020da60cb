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
