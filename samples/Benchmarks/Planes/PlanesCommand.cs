using Benchmarks.Models;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Planes;

/// <summary>Inputs of 14 bits beside inputs of seven: what the second plane costs on every tier.</summary>
internal static class PlanesCommand
{
    private const string Wide = "espalier-14-bit";

    public static int Run(InstructionTier? tier, int rounds, FileInfo? json)
    {
        var rows = new MeasurementRows("planes");
        var table = Tables.New("Inputs of 7 and of 14 bits, one thread, one sample: µs", ["network", "tier", "layouts", "7 bits", "14 bits", "ratio"]);
        foreach (var one in Enum.GetValues<InstructionTier>().Where(one => InstructionTiers.IsSupported(one) && (tier is null || one == tier)))
        {
            Compare<LeNet300, WideLeNet300>("LeNet-300-100", one);
            Compare<Alex7, WideAlex7>("Alex-7", one);
            Compare<Bytes1024, WideBytes1024>("1024 x 512, 15 %", one);
            Compare<Dense256, WideDense256>("256 x 256", one);
            Compare<SquareInt8, WideSquare>("1024 x 1024", one);
        }

        Tables.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;

        void Compare<TNarrow, TWide>(string name, InstructionTier one)
            where TNarrow : IModel<TNarrow>
            where TWide : IModel<TWide>
        {
            using var contest = new Contest(TNarrow.Description.Inputs, TNarrow.Description.Outputs, 1);
            var wide = CompiledModel.Create<TWide>(SyntheticWeights.For(TWide.Description), one);
            contest.Add(Subjects.Espalier, CompiledModel.Create<TNarrow>(SyntheticWeights.For(TNarrow.Description), one));
            contest.Add(Wide, wide);
            var micros = contest.Micros(rounds);
            table.AddRow(name, $"{one}", wide.Layouts, Short(micros[Subjects.Espalier]), Short(micros[Wide]), Short(micros[Wide] / micros[Subjects.Espalier]));
            rows.Add($"{name}/{one}", Subjects.Espalier, "micros", micros[Subjects.Espalier]);
            rows.Add($"{name}/{one}", Wide, "micros", micros[Wide]);
        }
    }
}
