using Benchmarks.Timing;

namespace Benchmarks.Eie;

/// <summary>What was measured for one layer and batch size.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Batch">Samples a call.</param>
/// <param name="Micros">Microseconds of one call by subject.</param>
/// <param name="QuotedMicros">TorchSharp CSR, not measured here; only for one sample.</param>
/// <param name="Layout">The layout that was compiled in.</param>
/// <param name="TableBytes">Bytes of the packed layer.</param>
/// <param name="NonzerosPerCycle">Products of nonzero weights a clock cycle.</param>
/// <param name="BoundShare">The time that one byte per nonzero takes to read, or the products take at one vector a cycle, over the time taken.</param>
internal sealed record EieMeasurement(
    string Layer, int Batch, IReadOnlyDictionary<string, double> Micros, double? QuotedMicros, string Layout, long TableBytes, double NonzerosPerCycle, double BoundShare)
{
    public string Case => $"{Layer}/b{Batch}";

    public double Espalier => Micros[Subjects.Espalier];

    /// <summary>How many times faster than a subject the compiled layer is; null where that is missing.</summary>
    public double? Ratio(string subject) => (subject switch
    {
        Subjects.TorchCsr => QuotedMicros,
        Subjects.BestPeer => BestPeer,
        _ => Micros.TryGetValue(subject, out var micros) ? micros : null,
    }) / Espalier;

    /// <summary>Null when one is missing: the rest may be slower than that one.</summary>
    private double? BestPeer => Micros.TryGetValue(Subjects.OrtInt8, out var int8) && Micros.TryGetValue(Subjects.Ort4Bit, out var fourBit)
        ? Math.Min(Math.Min(int8, fourBit), QuotedMicros ?? double.PositiveInfinity)
        : null;
}
