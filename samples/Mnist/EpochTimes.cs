using Espalier;

namespace Mnist;

/// <summary>Collects the seconds of each epoch.</summary>
internal sealed class EpochTimes : IProgress<TrainingProgress>
{
    private readonly List<double> _seconds = [];

    public double Median => _seconds.Count == 0 ? 0 : _seconds.Order().ElementAt(_seconds.Count / 2);

    public void Report(TrainingProgress value)
    {
        if (value.Epoch > 0)
        {
            _seconds.Add(value.Seconds);
        }
    }
}
