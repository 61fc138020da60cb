using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests;

public class CompressionSweepTests
{
    private static readonly LabelledSamples s_samples = TestModels.Samples(60, 1);

    private static readonly ReferenceNetwork s_network = new(TestWeights.Of(TestModels.Model(Activation.Relu, Precision.Fp32, null, null), 3, 1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryMethodIsTriedAndStrongerIsSmaller()
    {
        var seen = new List<SweepPoint>();
        var points = CompressionSweep.Of(
            s_network, s_samples, new CompressionSweepOptions { Sparsities = [0.5, 0.9], CodebookBits = [4, 2], PairedBits = 3 }, new Told(seen.Add), Cancellation);
        Assert.Equal(
            [(SweepMethod.Pruned, 0.5, null), (SweepMethod.Pruned, 0.9, null), (SweepMethod.Shared, 0, 4), (SweepMethod.Shared, 0, 2), (SweepMethod.PrunedAndShared, 0.5, 3), (SweepMethod.PrunedAndShared, 0.9, (int?)3)],
            points.Select(point => (point.Method, point.Sparsity, point.Bits)));
        Assert.Equal(points, seen);
        foreach (var method in points.GroupBy(point => point.Method))
        {
            Assert.True(method.First().Bytes > method.Last().Bytes, $"{method.Key}");
        }

        Assert.True(points[4].Bytes < points[0].Bytes && points[4].Bytes < points[2].Bytes);
        Assert.All(points, point => Assert.Equal(4.0 * s_network.Model.Parameters / point.Bytes, point.Ratio));
    }

    /// <summary>What ships is a blob of its own description: decoded, it gives the accuracy that the point says.</summary>
    [Fact]
    public void PointsAreThoseOfTheDecodedBlob()
    {
        var point = CompressionSweep.Of(s_network, s_samples, new CompressionSweepOptions { Sparsities = [0.75], CodebookBits = [] }, cancellation: Cancellation)[1];
        var layers = s_network.Model.Layers.Select(layer => layer with { Pruning = new PruningDescription(0.75), Codebook = new CodebookDescription(32, Precision.Fp16) });
        var model = s_network.Model with { Layers = [.. layers] };
        var dense = s_network.ToWeights();
        var weights = new ModelWeights(model, dense.Normalisation, [.. model.Layers.Select((layer, i) =>
        {
            var values = new CodebookTrial().Compress(new PrunedTrial().Compress(PlainWeights.Values(dense.Layers[i]), layer.Inputs, 0.75), layer.Inputs, 5);
            return (LayerWeights)WeightQuantizer.Floats(layer, values, dense.Layers[i].Bias.ToArray());
        })]);
        var artifact = Artifact.From(weights);
        Assert.Equal(artifact.Bytes, point.Bytes);
        Assert.Equal(Evaluation.Accuracy(new ReferenceNetwork(Artifact.Decode(artifact.Blob.Span, model, "blob")), s_samples, 3), point.Accuracy);
    }

    [Fact]
    public void NothingRemovedLosesNothing() => Assert.Equal(
        Evaluation.Accuracy(s_network, s_samples, 3),
        CompressionSweep.Of(s_network, s_samples, new CompressionSweepOptions { Sparsities = [0], CodebookBits = [], PairedBits = null }, cancellation: Cancellation).Single().Accuracy);

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Contains("no samples", Throws(new LabelledSamples([], [], 9), new()));
        Assert.Contains("takes 9 inputs, but the sweep samples have 2", Throws(new LabelledSamples([1, 2], [0], 2), new()));
        Assert.Contains("Sparsities has 1;", Throws(s_samples, new() { Sparsities = [1] }));
        Assert.Contains("CodebookBits has 9;", Throws(s_samples, new() { PairedBits = 9 }));

        static string Throws(LabelledSamples samples, CompressionSweepOptions options) =>
            Assert.Throws<ArgumentException>(() => CompressionSweep.Of(s_network, samples, options, cancellation: Cancellation)).Message;
    }

    [Fact]
    public void CancellingStops() => Assert.Throws<OperationCanceledException>(
        () => CompressionSweep.Of(s_network, s_samples, cancellation: new CancellationToken(canceled: true)));

    private sealed class Told(Action<SweepPoint> then) : IProgress<SweepPoint>
    {
        public void Report(SweepPoint value) => then(value);
    }
}
