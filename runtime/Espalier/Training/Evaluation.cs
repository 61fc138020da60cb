using System;

namespace Espalier;

/// <summary>Measures classifiers.</summary>
public static class Evaluation
{
    /// <summary>The share of samples, 0 to 1, whose largest output is that of their label; 0 without samples.</summary>
    /// <param name="model">Any model, layer or reference.</param>
    /// <param name="samples">Labelled samples.</param>
    /// <param name="outputs">Outputs of the model.</param>
    public static double Accuracy(IPredictor model, LabelledSamples samples, int outputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(samples);
        var scores = new float[outputs];
        var right = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            model.Predict(samples.Input(i), scores);
            right += Largest(scores) == samples.Labels[i] ? 1 : 0;
        }

        return samples.Count == 0 ? 0 : (double)right / samples.Count;
    }

    internal static int Largest(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }
}
