using Benchmarks.Timing;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Eie;

/// <summary>What one batch size looks like for people.</summary>
internal static class EieTables
{
    private static readonly (string Subject, string Name)[] s_peers =
    [
        (Subjects.DenseInt8, "dense int8"), (Subjects.OrtFp32, "ORT fp32"), (Subjects.OrtInt8, "ORT int8"), (Subjects.Ort4Bit, "ORT 4-bit"), (Subjects.TorchCsr, "CSR*"),
    ];

    public static void Write(int batch, string subject, IReadOnlyList<EieMeasurement> measured)
    {
        // The CSR figures are for one sample.
        var peers = s_peers.Where(peer => batch == 1 || peer.Subject != Subjects.TorchCsr).ToArray();
        var times = Tables.New($"EIE layers, batch {batch}, one thread: µs a sample", ["layer", subject, .. peers.Select(peer => peer.Name)]);
        var ratios = Tables.New("Times as fast as each, and what the kernel does", ["layer", .. peers.Select(peer => peer.Name), "nonzeros a cycle", "MB read", "of bound"]);
        foreach (var row in measured)
        {
            times.AddRow([row.Layer, Short(row.Espalier / batch), .. peers.Select(peer => Short(row.Ratio(peer.Subject) * row.Espalier / batch))]);
            ratios.AddRow([row.Layer, .. peers.Select(peer => Short(row.Ratio(peer.Subject))), Short(row.NonzerosPerCycle), Short(row.TableBytes / 1e6), Percent(row.BoundShare)]);
        }

        Tables.Write(times);
        Tables.Write(ratios);
        foreach (var summary in EieSummary.Of(batch, measured))
        {
            Console.WriteLine($"{summary.Name}: {Short(summary.Ratio)}x");
        }

        foreach (var layout in measured.GroupBy(row => row.Layout))
        {
            Console.WriteLine($"{layout.Key}: {string.Join(", ", layout.Select(row => row.Layer))}");
        }

        if (batch == 1)
        {
            Console.WriteLine("* TorchSharp CSR, int32 indices: from peers.md, not measured here.");
        }

        Console.WriteLine();
    }
}
