using System.Diagnostics;
using Espalier;

namespace Mnist;

/// <summary>Trains one network of the <c>lowprecision</c> command, and measures it by its compiled kernels.</summary>
internal sealed record LowPrecisionRun(LabelledSamples Images, LabelledSamples HeldOut, LabelledSamples? Test, int Seed, int Epochs, IProgress<TrainingProgress> Bar)
{
    public LowPrecisionResult Train<TModel>(TrainingOptions options, CancellationToken cancellation)
        where TModel : IModel<TModel>
    {
        var curve = new List<TrainingProgress>();
        var start = Stopwatch.GetTimestamp();
        var trained = new Training<TModel>(options) { Progress = new Recorder(curve, Bar) }.Run(Images, HeldOut, cancellation);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var compiled = TModel.Create(trained.Weights);
        return new LowPrecisionResult(curve, Error(compiled, HeldOut), Test is null ? null : Error(compiled, Test), seconds);

        static double Error(IPredictor model, LabelledSamples samples) => 100 * (1 - Evaluation.Accuracy(model, samples, TModel.Description.Outputs));
    }

    private sealed class Recorder(List<TrainingProgress> curve, IProgress<TrainingProgress> bar) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            bar.Report(value);
            if (value.Stage == TrainingStage.Dense)
            {
                curve.Add(value);
            }
        }
    }
}

/// <summary>What a run came to.</summary>
/// <param name="Curve">Epoch by epoch.</param>
/// <param name="HeldOutError">Percent of the held-out images, by the compiled kernels.</param>
/// <param name="TestError">Percent of the test images, by the compiled kernels; null where the files are absent.</param>
/// <param name="Seconds">Of training.</param>
internal sealed record LowPrecisionResult(IReadOnlyList<TrainingProgress> Curve, double HeldOutError, double? TestError, double Seconds)
{
    /// <summary>The share of updates that nearest rounding loses, over the last epoch.</summary>
    public double? Underflow => Curve.Count == 0 ? null : Curve[^1].Underflow;
}
