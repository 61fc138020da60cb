using CsCheck;
using Espalier.Coding;
using Espalier.Tests.Artifacts.Golden;
using Espalier.Tests.Harness;
using Espalier.Tests.Images;
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
    public void GraphsComeBackToTheLastBit() => Gen.Select(GraphGen.Model(Precision.Fp32, Precision.Int8, Precision.Int8, Precision.Int4), Gen.ULong, Gen.OneOfConst(0.05f, 0.5f, 1f)).Sample(
        (model, seed, density) =>
        {
            var weights = TestWeights.Of(model with { Coding = seed % 2 == 0 ? CodingGoal.Smallest : CodingGoal.FastStart }, seed, density);
            var artifact = Artifact.From(weights);
            var read = Artifact.Decode(artifact.Blob.Span, weights.Model, "blob");
            Assert.Equal(WeightsText.Of(weights), WeightsText.Of(read));
            Assert.True(artifact.Blob.Span.SequenceEqual(Artifact.From(read).Blob.Span));
        },
        iter: 200);

    [Fact]
    public void DescriptionsOfGraphsComeBackWhole() => Gen.Select(GraphGen.Model(Precision.Fp32, Precision.Int8), ModelGen.Model, Gen.Int[0, int.MaxValue]).Sample(
        (graph, chain, seed) =>
        {
            // Whatever training may ask for, shapes that follow from nothing, and precisions of any layer.
            var random = new Random(seed);
            var layers = graph.Layers.Select(layer => layer with
            {
                BatchNorm = random.Next(3) switch { 0 => new BatchNormDescription(), 1 => new BatchNormDescription(random.NextDouble(), 0.5), _ => null },
                Dropout = random.Next(3) switch { 0 => 0.5, 1 => random.NextDouble(), _ => 0 },
                Quantization = random.Next(2) == 0 ? chain.Layers[0].Quantization : layer.Quantization,
                Pruning = chain.Layers[^1].Pruning,
                Codebook = chain.Layers[^1].Codebook,
                Path = random.Next(4) == 0 ? "ü/𝄞" + layer.Path : layer.Path,
                InputShape = random.Next(8) == 0 ? new ImageShape(random.Next(1, 99), 2, 3) : layer.InputShape,
                Outputs = random.Next(8) == 0 ? random.Next() : layer.Outputs,
                Sources = random.Next(8) == 0 ? [-1, -1] : layer.Sources,
            }).ToArray();
            var (writer, codec) = (new BitWriter(), new GraphDescriptionCodec());
            foreach (var layer in layers)
            {
                codec.Write(writer, layer);
            }

            var (reader, decoder) = (new BitReader(writer.ToArray()), new GraphDescriptionCodec());
            Assert.Equal(layers, layers.Select(_ => decoder.Read(reader)));
        },
        iter: 1000);

    [Fact]
    public void ZeroHasNoSign()
    {
        var layer = TestModels.Dense("0/L", 2, 1);
        var weights = new FloatLayerWeights(layer, [-0f, 1], [0], [-0f, 1]);
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(weights.Values[0]) | BitConverter.SingleToUInt32Bits(weights.Centroids![0]));
    }
}
