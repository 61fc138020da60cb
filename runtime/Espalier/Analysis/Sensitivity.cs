using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Espalier;

/// <summary>
/// How much accuracy a network loses when one layer is compressed and all others stay as they are, without retraining: what sparsities and
/// bit widths are chosen by, layer by layer (Han et al., 2015, figure 6).
/// </summary>
/// <remarks>Choices belong on samples that are neither learned from nor reported on: a held-out part of the training samples.</remarks>
public static class Sensitivity
{
    /// <summary>The sensitivity of the layers of a network.</summary>
    /// <param name="reference">The network, e.g. <see cref="TrainedModel.Reference"/>; one of compressed weights counts as the fp32 numbers that they stand for.</param>
    /// <param name="samples">What accuracy is measured on: one sample at least.</param>
    /// <param name="options">Which sparsities and bit widths are tried; the defaults unless given.</param>
    /// <param name="progress">Told after every measurement, on the calling thread.</param>
    /// <param name="cancellation">Stops between two samples.</param>
    /// <exception cref="ArgumentException">Samples or options do not fit; the message says which and why.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static SensitivityReport Of(
        ReferenceNetwork reference, LabelledSamples samples, SensitivityOptions? options = null, IProgress<SensitivityProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(samples);
        options ??= new SensitivityOptions();
        options.Validate();
        samples.CheckFor(reference.Model, "sensitivity");
        if (samples.Count == 0)
        {
            throw new ArgumentException($"The sensitivity of {reference.Model.Name} cannot be measured on no samples.", nameof(samples));
        }

        var weights = reference.ToWeights();
        var trials = new CompressedTrials(weights, samples, cancellation);
        var accuracy = trials.Uncompressed();
        var (done, all) = (0, weights.Layers.Count(layer => layer.Count > 0) * TrialCompressions.All.Sum(trial => trial.Settings(options).Count));
        var curves = new List<SensitivityCurve>();
        foreach (var (layer, place) in weights.Model.Layers.Select((layer, place) => (layer, place)).Where(each => each.layer.HasWeights))
        {
            foreach (var trial in TrialCompressions.All)
            {
                var points = new List<SensitivityPoint>();
                foreach (var setting in trial.Settings(options))
                {
                    points.Add(new SensitivityPoint(setting, trials.Accuracy(place, trial, setting)));
                    progress?.Report(new SensitivityProgress(layer.Path, trial.Kind, points[^1], (double)++done / all));
                }

                curves.Add(new SensitivityCurve(layer, trial.Kind, accuracy, points));
            }
        }

        return new SensitivityReport(weights.Model, samples.Count, accuracy, curves);
    }
}
