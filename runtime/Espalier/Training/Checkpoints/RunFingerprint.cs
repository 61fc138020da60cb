using System;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Espalier;

/// <summary>Tells training runs apart: equal fingerprints give equal weights, but for augmentation, whose code has none.</summary>
internal static class RunFingerprint
{
    public static byte[] Of(ModelDescription model, TrainingOptions options, Normalisation normalisation, LabelledSamples train, LabelledSamples validation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Text(model.Name);
        for (var i = 0; i < model.Layers.Length; i++)
        {
            var layer = model.Layers[i];
            Text(FormattableString.Invariant($"{string.Join(',', model.SourcesOf(i))} {string.Join(',', layer.Arguments)} {string.Join(',', layer.Numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}"));
            Text(FormattableString.Invariant($"{layer.InputShape} {layer.OutputShape} {layer.BatchNorm?.Epsilon:R} {layer.BatchNorm?.Momentum:R} {layer.Dropout:R}"));
            Text(FormattableString.Invariant($"{layer.Path} {layer.Kind} {layer.Inputs} {layer.Outputs} {layer.Bias} {layer.Activation} {layer.Quantization} {layer.Pruning} {layer.Codebook}"));
        }

        Text(FormattableString.Invariant($"{options.Epochs} {options.PruneEpochs} {options.ShareEpochs} {options.BatchSize} {options.LearningRate:R} {options.Optimizer} {options.Schedule} {options.ScheduleSteps} {options.ScheduleFactor:R} {options.WeightDecay:R} {options.WarmUp:R} {options.ClipNorm:R}"));
        Text(FormattableString.Invariant($"{options.LossScaling:R} {options.DynamicLossScaling} {options.LossScalingGrowth} {options.RandomDraw} {options.WeightRange:R} {options.Seed} {normalisation} {options.Augmentation is null} {options.Patience}"));
        Text(FormattableString.Invariant($"{options.Pruning} {options.Sharing} {options.BiasBits} {options.QuantizationEpochs} {options.EffectiveCalibration}"));
        foreach (var samples in new[] { train, validation })
        {
            hash.AppendData(MemoryMarshal.AsBytes(samples.Inputs));
            hash.AppendData(MemoryMarshal.AsBytes(samples.Labels));
        }

        if (options.Distillation is { } distillation)
        {
            Text(FormattableString.Invariant($"{distillation.Temperature:R} {distillation.Mix:R}"));
            hash.AppendData(MemoryMarshal.AsBytes(distillation.TeacherScores.Span));
        }

        return hash.GetHashAndReset();

        void Text(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
