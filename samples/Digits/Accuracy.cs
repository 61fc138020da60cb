using Espalier;

namespace Digits;

/// <summary>The share of samples whose largest score is that of their label.</summary>
internal static class Accuracy
{
    public static double Of(IPredictor model, LabelledSamples samples)
    {
        var scores = new float[10];
        var right = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            model.Predict(samples.Input(i), scores);
            right += scores.AsSpan().IndexOf(scores.Max()) == samples.Labels[i] ? 1 : 0;
        }

        return samples.Count == 0 ? double.NaN : (double)right / samples.Count;
    }
}
