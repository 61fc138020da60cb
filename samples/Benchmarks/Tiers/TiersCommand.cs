using Benchmarks.Eie;
using Benchmarks.LeNet;
using Benchmarks.Models;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Tiers;

/// <summary>A whole network and one large layer on every instruction tier that this process reaches; ONNX Runtime keeps its best.</summary>
internal static class TiersCommand
{
    public static int Run(int rounds, FileInfo? json)
    {
        var rows = new MeasurementRows("tiers");
        var table = Tables.New("Batch 1, one thread: µs, and how long ORT takes", ["network", "tier", "layouts", "µs", "ORT fp32", "ORT int8"]);
        var tiers = Enum.GetValues<InstructionTier>().Where(InstructionTiers.IsSupported).ToArray();
        var network = new LeNetContest();
        foreach (var tier in tiers)
        {
            var model = network.Compressed(tier);
            Add("lenet300/b1", tier, model.Layouts, network.Micros(model, 1, rounds));
        }

        var layer = EieLayer.All.Single(layer => layer.Name == "NT-We");
        foreach (var tier in tiers)
        {
            var measured = EieContest.Measure(layer, [1], tier, rounds).Single();
            Add(measured.Case, tier, measured.Layout, measured.Micros);
        }

        Tables.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;

        void Add(string testCase, InstructionTier tier, string layouts, IReadOnlyDictionary<string, double> micros)
        {
            var own = micros[Subjects.Espalier];
            table.AddRow(testCase, tier.ToString(), layouts, Short(own), Against(Subjects.OrtFp32), Against(Subjects.OrtInt8));
            rows.Add(testCase, Subjects.On(tier), "micros", own);

            string Against(string peer)
            {
                if (!micros.TryGetValue(peer, out var time))
                {
                    return Short(null);
                }

                // Per tier, because the peer is timed anew beside each.
                rows.Add($"{testCase}-{tier.ToString().ToLowerInvariant()}", peer, "micros", time);
                rows.Add($"{testCase}-{tier.ToString().ToLowerInvariant()}", peer, "ratio", time / own);
                return $"{Short(time / own)}x";
            }
        }
    }
}
