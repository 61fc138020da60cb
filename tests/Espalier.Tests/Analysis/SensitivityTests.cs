using System.Globalization;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests;

public class SensitivityTests
{
    /// <summary>Class 0 at (1, 0) and class 1 at (0, 1).</summary>
    private static readonly LabelledSamples s_corners = new([1, 0, 0, 1], [0, 1], 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One layer, every accuracy by hand: what is left of the matrix says which corner is still told from the other.</summary>
    [Fact]
    public void AccuraciesAreThoseOfTheCompressedMatrix()
    {
        var report = Sensitivity.Of(
            Network([1, 0.1f, 0.1f, 0.9f]), s_corners, new SensitivityOptions { Sparsities = [0, 0.5, 0.75], GridBits = [8, 1], CodebookBits = [2, 1] }, cancellation: Cancellation);
        Assert.Equal((1.0, 2), (report.Accuracy, report.Samples));

        // Half: the diagonal is left. Three quarters: the 1 alone, so that the second corner scores (0, 0).
        Assert.Equal([(0, 1), (0.5, 1), (0.75, 0.5)], Points(report, "0/L0", SensitivityKind.Sparsity));

        // One bit: signs times means, 0.55 for the first output and 0.5 for the second.
        Assert.Equal([(8, 1), (1, 0.5)], Points(report, "0/L0", SensitivityKind.GridBits));

        // Three centroids beside zero keep 0.1 and 0.95 apart; one makes all weights equal.
        Assert.Equal([(2, 1), (1, 0.5)], Points(report, "0/L0", SensitivityKind.CodebookBits));
    }

    /// <summary>The first layer needs what the second can spare: with both compressed at once both curves would fall.</summary>
    [Fact]
    public void OneLayerIsCompressedAtATime()
    {
        var network = Network([1, -1, -1, 1], [1, 0, 0, 1]);
        var options = new SensitivityOptions { Sparsities = [0.75, 0], GridBits = [], CodebookBits = [] };
        var report = Sensitivity.Of(network, s_corners, options, cancellation: Cancellation);
        Assert.Equal([(0.75, 0.5), (0, 1)], Points(report, "0/L0", SensitivityKind.Sparsity));
        Assert.Equal([(0.75, 1), (0, 1)], Points(report, "1/L1", SensitivityKind.Sparsity));
        Assert.Equal(1, Evaluation.Accuracy(network, s_corners, 2));
    }

    [Fact]
    public void ProgressRisesToOneAndNamesLayers()
    {
        var seen = new List<SensitivityProgress>();
        Sensitivity.Of(Network([1, 0, 0, 1], [1, 0, 0, 1]), s_corners, null, new Told(seen.Add), Cancellation);
        var defaults = new SensitivityOptions();
        Assert.Equal(2 * (defaults.Sparsities.Count + defaults.GridBits.Count + defaults.CodebookBits.Count), seen.Count);
        Assert.Equal(seen.Select(progress => progress.Fraction).Order(), seen.Select(progress => progress.Fraction));
        Assert.Equal(("1/L1", SensitivityKind.CodebookBits, 1.0), (seen[^1].Path, seen[^1].Kind, seen[^1].Fraction));
    }

    [Fact]
    public void CancellingStopsInTheMiddle()
    {
        using var cancel = new CancellationTokenSource();
        var reports = 0;
        Assert.Throws<OperationCanceledException>(() => Sensitivity.Of(Network([1, 0, 0, 1]), s_corners, null, new Told(_ =>
        {
            reports++;
            cancel.Cancel();
        }), cancel.Token));
        Assert.Equal(1, reports);
    }

    /// <summary>A network of compressed weights counts as the numbers that they stand for.</summary>
    [Fact]
    public void CompressedWeightsAreTakenToo()
    {
        var weights = TestWeights.Of(TestModels.Model(Activation.Relu, Precision.Int8, 0.5, 8), 3, 0.5f);
        var (network, samples) = (new ReferenceNetwork(weights), TestModels.Samples(60, 1));
        var report = Sensitivity.Of(network, samples, new SensitivityOptions { Sparsities = [0] }, cancellation: Cancellation);
        Assert.Equal(Evaluation.Accuracy(network, samples, 3), report.Accuracy);
        Assert.All(report.Model.Layers, layer => Assert.Equal(report.Accuracy, report.Curve(layer.Path, SensitivityKind.Sparsity).Points[0].Accuracy));
    }

    [Fact]
    public void BadInputIsNamed()
    {
        var network = Network([1, 0, 0, 1]);
        Assert.Contains("no samples", Throws(new LabelledSamples([], [], 2), new()));
        Assert.Contains("takes 2 inputs, but the sensitivity samples have 3", Throws(new LabelledSamples([1, 2, 3], [0], 3), new()));
        Assert.Contains("Sparsities has 1;", Throws(s_corners, new() { Sparsities = [0.5, 1] }));
        Assert.Contains("Sparsities has NaN;", Throws(s_corners, new() { Sparsities = [double.NaN] }));
        Assert.Contains("GridBits has 9;", Throws(s_corners, new() { GridBits = [8, 9] }));
        Assert.Contains("CodebookBits has 0;", Throws(s_corners, new() { CodebookBits = [0] }));
        Assert.Contains("has no layer 7/X; it has 0/L0", Assert.Throws<ArgumentException>(() => Sensitivity.Of(network, s_corners, cancellation: Cancellation).Curve("7/X", SensitivityKind.Sparsity)).Message);

        string Throws(LabelledSamples samples, SensitivityOptions options) => Assert.Throws<ArgumentException>(() => Sensitivity.Of(network, samples, options, cancellation: Cancellation)).Message;
    }

    /// <summary>A setting after one that costs too much is luck, not tolerance.</summary>
    [Fact]
    public void ToleranceEndsAtTheFirstLoss()
    {
        var layer = TestModels.Dense("0/L", 2, 2);
        var pruned = new SensitivityCurve(layer, SensitivityKind.Sparsity, 0.98, [new(0.5, 0.979), new(0.9, 0.95), new(0.7, 0.975), new(0.95, 0.98)]);
        Assert.Equal(0.5, pruned.Tolerated(0.002));
        Assert.Equal(0.7, pruned.Tolerated(0.01));
        Assert.Equal(0.95, pruned.Tolerated(0.1));
        Assert.Null(pruned.Tolerated(0.0001));
        var bits = new SensitivityCurve(layer, SensitivityKind.GridBits, 0.98, [new(2, 0.98), new(8, 0.98), new(4, 0.9), new(5, 0.98)]);
        Assert.Equal(5, bits.Tolerated(0.01));
    }

    [Fact]
    public void TextHasEveryLayerAndSetting()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = comma.NumberFormat.PercentDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            var text = Sensitivity.Of(
                Network([1, -1, -1, 1], [1, 0, 0, 1]), s_corners, new SensitivityOptions { Sparsities = [0.75], GridBits = [8], CodebookBits = [] }, cancellation: Cancellation).ToString();
            Assert.Equal(
                """
                Tests.Net: accuracy 100.00 % of 2 samples; below, points lost when one layer alone is compressed, without retraining

                sparsity   0/L0  1/L1
                75.0 %    50.00  0.00

                bits on a grid  0/L0  1/L1
                8               0.00  0.00

                """, text.ReplaceLineEndings("\n"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static (double, double)[] Points(SensitivityReport report, string path, SensitivityKind kind) =>
        [.. report.Curve(path, kind).Points.Select(point => (point.Setting, point.Accuracy))];

    /// <summary>Layers of two inputs and two outputs without activation, each matrix output after output.</summary>
    private static ReferenceNetwork Network(params float[][] matrices)
    {
        var layers = matrices.Select((_, i) => TestModels.Dense($"{i}/L{i}", 2, 2)).ToArray();
        return new ReferenceNetwork(new ModelWeights(
            new ModelDescription { Name = "Tests.Net", Layers = [.. layers] }, Normalisation.None, [.. layers.Select((layer, i) => (LayerWeights)new FloatLayerWeights(layer, matrices[i], [0, 0]))]));
    }

    private static ReferenceNetwork Network(float[] matrix) => Network([matrix]);

    private sealed class Told(Action<SensitivityProgress> then) : IProgress<SensitivityProgress>
    {
        public void Report(SensitivityProgress value) => then(value);
    }
}
