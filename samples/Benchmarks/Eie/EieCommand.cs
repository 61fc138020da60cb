using Benchmarks.Models;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;

namespace Benchmarks.Eie;

/// <summary>The nine layers of the EIE paper against ONNX Runtime.</summary>
internal static class EieCommand
{
    public static int Run(IReadOnlyList<int> batches, string? name, InstructionTier? tier, int rounds, FileInfo? json)
    {
        var layers = EieLayer.All.Where(layer => name is null || layer.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (layers.Length == 0)
        {
            throw new ArgumentException($"There is no layer {name}; there are {string.Join(", ", EieLayer.All.Select(layer => layer.Name))}.");
        }

        // Forced tiers are subjects of their own, and so are the ratios to them.
        var suffix = tier is { } forced ? $"-{forced.ToString().ToLowerInvariant()}" : "";
        var measured = new List<EieMeasurement>();
        foreach (var layer in layers)
        {
            Console.Error.WriteLine($"{layer.Name} ...");
            measured.AddRange(EieContest.Measure(layer, batches, tier, rounds));

            // Gigabytes of a large layer's models are garbage now, and the next one needs the room.
            GC.Collect();
        }

        var rows = new MeasurementRows("eie");
        foreach (var batch in batches)
        {
            var ofBatch = measured.Where(row => row.Batch == batch).ToArray();
            EieTables.Write(batch, Subjects.Espalier + suffix, ofBatch);
            AddRows(rows, batch, suffix, ofBatch);
        }

        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static void AddRows(MeasurementRows rows, int batch, string suffix, IReadOnlyList<EieMeasurement> measured)
    {
        var espalier = Subjects.Espalier + suffix;
        foreach (var row in measured)
        {
            foreach (var (subject, micros) in row.Micros)
            {
                var name = subject.StartsWith(Subjects.Espalier, StringComparison.Ordinal) ? subject + suffix : subject;
                rows.Add(row.Case, name, "micros", micros);
                rows.Add(row.Case, name, "micros-per-sample", micros / batch);
                rows.Add(row.Case + suffix, name, "ratio", micros / row.Espalier);
            }

            if (row.QuotedMicros is { } quoted)
            {
                rows.Add(row.Case, Subjects.TorchCsr, "micros-not-measured", quoted);
            }

            if (row.Ratio(Subjects.BestPeer) is { } best)
            {
                rows.Add(row.Case + suffix, Subjects.BestPeer, "ratio", best);
            }

            rows.Add(row.Case, espalier, "bytes", row.TableBytes);
            rows.Add(row.Case, espalier, "nonzeros-per-cycle", row.NonzerosPerCycle);
            rows.Add(row.Case, espalier, "bound-share", row.BoundShare);
        }

        foreach (var summary in EieSummary.Of(batch, measured))
        {
            rows.Add(summary.Case + suffix, summary.Subject, "ratio", summary.Ratio);
        }
    }
}
