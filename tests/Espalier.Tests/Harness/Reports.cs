namespace Espalier.Tests.Harness;

/// <summary>Keeps progress reports in the order they came, at once: <see cref="Progress{T}"/> would post them to other threads.</summary>
internal sealed class Reports(Action<TrainingProgress>? then = null) : IProgress<TrainingProgress>
{
    private readonly List<TrainingProgress> _all = [];

    public IReadOnlyList<TrainingProgress> All => _all;

    public void Report(TrainingProgress value)
    {
        _all.Add(value);
        then?.Invoke(value);
    }
}
