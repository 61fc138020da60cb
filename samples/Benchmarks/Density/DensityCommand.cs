using System.Globalization;
using Benchmarks.Models;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Density;

/// <summary>One layer from almost empty to full: which layout is chosen, and what pruning buys over the dense layers.</summary>
internal static class DensityCommand
{
    private static readonly (int Percent, Func<CompiledModel> Create)[] s_models =
    [
        (1, Of<Square1Percent>), (2, Of<Square2Percent>), (4, Of<Square4Percent>), (8, Of<Square8Percent>), (12, Of<Square12Percent>), (16, Of<Square16Percent>),
        (25, Of<Square25Percent>), (35, Of<Square35Percent>), (50, Of<Square50Percent>), (75, Of<Square75Percent>), (100, Of<Square100Percent>),
    ];

    public static int Run(int rounds, FileInfo? json)
    {
        var (int8, fp32) = (Of<SquareInt8>(), Of<SquareFp32>());
        var rows = new MeasurementRows("density");
        var table = Tables.New("1024 x 1024, int8 with 16 shared values, one thread: µs, and against our dense layers", ["density", "layout", "KB", "µs", "int8 µs", "fp32 µs", "x int8", "x fp32"]);
        foreach (var (percent, create) in s_models)
        {
            var model = create();
            using var contest = new Contest(Square1Percent.Inputs, Square1Percent.Outputs, 1);
            contest.Add(Subjects.Espalier, model);
            contest.Add(Subjects.DenseInt8, int8);
            contest.Add(Subjects.DenseFp32, fp32);
            var micros = contest.Micros(rounds);
            var own = micros[Subjects.Espalier];
            var name = string.Create(CultureInfo.InvariantCulture, $"{percent} %");
            table.AddRow(
                name, model.Layouts, Short(model.TableBytes / 1e3), Short(own), Short(micros[Subjects.DenseInt8]), Short(micros[Subjects.DenseFp32]),
                Short(micros[Subjects.DenseInt8] / own), Short(micros[Subjects.DenseFp32] / own));
            foreach (var (subject, time) in micros)
            {
                rows.Add($"1024x1024/{percent}%", subject, "micros", time);
                rows.Add($"1024x1024/{percent}%", subject, "ratio", time / own);
            }

            rows.Add($"1024x1024/{percent}%", Subjects.Espalier, "bytes", model.TableBytes);
        }

        Tables.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static CompiledModel Of<TModel>()
        where TModel : IModel<TModel> => CompiledModel.Create<TModel>(SyntheticWeights.For(TModel.Description));
}
