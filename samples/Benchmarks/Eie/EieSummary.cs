using Benchmarks.Timing;

namespace Benchmarks.Eie;

/// <summary>One number that the suite is judged by.</summary>
/// <param name="Name">For people.</param>
/// <param name="Case">For the rows.</param>
/// <param name="Subject">Whom it compares with.</param>
/// <param name="Ratio">How many times faster the compiled layers are.</param>
internal sealed record EieSummary(string Name, string Case, string Subject, double Ratio)
{
    /// <summary>The summaries of one batch size; peers that are missing have none.</summary>
    public static IEnumerable<EieSummary> Of(int batch, IReadOnlyList<EieMeasurement> measured)
    {
        (string Subject, string Name)[] peers =
        [
            (Subjects.OrtFp32, "ORT fp32"), (Subjects.OrtInt8, "ORT int8"), (Subjects.BestPeer, batch == 1 ? "the best of ORT int8, ORT 4-bit and CSR*" : "the best of ORT int8 and ORT 4-bit"),
        ];
        foreach (var (subject, name) in peers)
        {
            var ratios = measured.Select(row => row.Ratio(subject)).OfType<double>().ToArray();
            if (ratios.Length == measured.Count)
            {
                yield return new($"Geometric mean against {name}", $"geomean/b{batch}", subject, GeometricMean(ratios));
            }

            if (ratios.Length == measured.Count && measured.Count > 1)
            {
                yield return new($"Slowest layer against {name} ({measured[Array.IndexOf(ratios, ratios.Min())].Layer})", $"slowest/b{batch}", subject, ratios.Min());
            }
        }

        // The dense siblings against the peer that computes the same.
        var dense = measured.Select(row => row.Ratio(Subjects.OrtInt8) / row.Ratio(Subjects.DenseInt8)).OfType<double>().ToArray();
        if (dense.Length == measured.Count)
        {
            yield return new("Geometric mean of our dense int8 against ORT int8", $"geomean-dense-int8/b{batch}", Subjects.OrtInt8, GeometricMean(dense));
        }
    }

    private static double GeometricMean(double[] ratios) => Math.Exp(ratios.Average(Math.Log));
}
