using Espalier;

namespace Mnist;

/// <summary>Tells two.</summary>
internal sealed class Both(IProgress<TrainingProgress> first, IProgress<TrainingProgress> second) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        first.Report(value);
        second.Report(value);
    }
}
