using System.Threading;

namespace Espalier;

/// <summary>Measures a network with one of its layers compressed.</summary>
internal sealed class CompressedTrials(ModelWeights weights, LabelledSamples samples, CancellationToken cancellation)
{
    private readonly float[] _scores = new float[weights.Model.Outputs];

    public double Uncompressed() => Measure(weights);

    public double Accuracy(int place, TrialCompression trial, double setting)
    {
        var layer = weights.Layers[place];
        var compressed = trial.Compress(PlainWeights.Values(layer), layer.Columns, setting);
        return Measure(new ModelWeights(weights.Model, weights.Normalisation, weights.Layers.SetItem(place, new FloatLayerWeights(layer.Layer, compressed, layer.Bias.ToArray()))));
    }

    public double Measure(ModelWeights changed)
    {
        var network = new ReferenceNetwork(changed);
        var right = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            network.Predict(samples.Input(i), _scores);
            right += Evaluation.Largest(_scores) == samples.Labels[i] ? 1 : 0;
        }

        return (double)right / samples.Count;
    }
}
