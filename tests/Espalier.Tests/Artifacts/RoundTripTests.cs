using CsCheck;
using Espalier.Coding;
using Espalier.Tests.Artifacts.Golden;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Artifacts;

/// <summary>What is written is read again, every field of every layer to the last bit.</summary>
public class RoundTripTests
{
    [Fact]
    public void AnyWeightsComeBackToTheLastBit() => ModelGen.Weights.Sample(
        weights =>
        {
            var artifact = Artifact.From(weights);
            var read = Artifact.Decode(artifact.Blob.Span, weights.Model, "blob");
            Assert.Equal(WeightsText.Of(weights), WeightsText.Of(read));
            Assert.Equal(weights.Layers.Select(layer => layer.Nonzeros), read.Layers.Select(layer => layer.Nonzeros));
            Assert.True(artifact.Blob.Span.SequenceEqual(Artifact.From(read).Blob.Span));
            Assert.True(artifact.LayerBytes.Sum() < artifact.Bytes);
        },
        iter: 400,
        print: weights => $"{string.Join("; ", weights.Model.Layers)}\n{WeightsText.Of(weights)}");

    [Fact]
    public void DescriptionsComeBackWhole() => ModelGen.Model.Sample(
        model =>
        {
            var writer = new BitWriter();
            foreach (var layer in model.Layers)
            {
                DescriptionCodec.Write(writer, layer);
            }

            var reader = new BitReader(writer.ToArray());
            Assert.Equal(model.Layers, model.Layers.Select(_ => DescriptionCodec.Read(reader)));
        },
        iter: 2000);

    [Fact]
    public void ZeroHasNoSign()
    {
        var layer = TestModels.Dense("0/L", 2, 1);
        var weights = new FloatLayerWeights(layer, [-0f, 1], [0], [-0f, 1]);
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(weights.Values[0]) | BitConverter.SingleToUInt32Bits(weights.Centroids![0]));
    }
}
