using Espalier.Samples;

namespace Zoo.Running;

/// <param name="Model">The network.</param>
/// <param name="Micros">Microseconds of a prediction by subject; subjects that could not run are not in it.</param>
/// <param name="Deviations">By subject, the largest relative difference from ONNX Runtime's fp32 output.</param>
/// <param name="Scratch">By subject, bytes beyond the weights.</param>
internal sealed record RunResult(ZooModel Model, IReadOnlyDictionary<string, double> Micros, IReadOnlyDictionary<string, double> Deviations, IReadOnlyDictionary<string, double> Scratch)
{
    public void AddTo(MeasurementRows rows)
    {
        Add(rows, Micros, "micros");
        Add(rows, Deviations, "deviation");
        Add(rows, Scratch, "scratch-bytes");
    }

    private void Add(MeasurementRows rows, IReadOnlyDictionary<string, double> numbers, string metric)
    {
        foreach (var (subject, value) in numbers)
        {
            rows.Add($"{Model.Name}/b1", subject, metric, value);
        }
    }
}
