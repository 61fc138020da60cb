using Benchmarks.Models;
using Benchmarks.Onnx;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Floats;

/// <summary>Float networks in every form that weights are kept in, beside our own fp32 and ONNX Runtime's.</summary>
internal static class FloatsCommand
{
    public static int Run(InstructionTier? tier, int rounds, FileInfo? json)
    {
        var rows = new MeasurementRows("floats");
        var table = Tables.New("Float networks, one thread, one sample: µs", ["network", "weights", "layouts", "KB", "µs", "x fp32", "x ONNX"]);
        foreach (var group in Groups(tier))
        {
            using var contest = new Contest(group.Inputs, group.Outputs, 1);
            var models = group.Subjects.Select(subject => (subject.Name, Model: subject.Create())).ToArray();
            foreach (var (name, model) in models)
            {
                contest.Add(SubjectOf(name), model);
            }

            contest.AddOnnx(Subjects.OrtFp32, OnnxNetworks.Fp32(DenseNetwork.From(group.Codes()), 1), 0.99);
            var micros = contest.Micros(rounds);
            var onnx = micros.TryGetValue(Subjects.OrtFp32, out var time) ? time : double.NaN;
            foreach (var (name, model) in models)
            {
                var own = micros[SubjectOf(name)];
                table.AddRow(group.Name, name, model.Layouts, Short(model.TableBytes / 1e3), Short(own), Short(micros[Subjects.DenseFp32] / own), double.IsNaN(onnx) ? "missing" : Short(onnx / own));
                rows.Add($"{group.Name}/{name}", Subjects.Espalier, "micros", own);
                rows.Add($"{group.Name}/{name}", Subjects.Espalier, "bytes", model.TableBytes);
            }

            if (!double.IsNaN(onnx))
            {
                rows.Add(group.Name, Subjects.OrtFp32, "micros", onnx);
            }
        }

        Tables.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static string SubjectOf(string name) => name == "fp32" ? Subjects.DenseFp32 : name;

    private static IEnumerable<Group> Groups(InstructionTier? tier)
    {
        yield return new(
            "LeNet-300-100", LeNet300Fp32.Inputs, LeNet300Fp32.Outputs, WeightsOf<LeNet300Int8>,
            [("fp32", Of<LeNet300Fp32>), ("bf16", Of<LeNet300Bf16>), ("fp16", Of<LeNet300Fp16>), ("16 shared", Of<LeNet300Shared>), ("pruned", Of<LeNet300Sparse>), ("pruned, 16 shared", Of<LeNet300SparseShared>)]);
        yield return new(
            "1024 x 1024", SquareFp32.Inputs, SquareFp32.Outputs, WeightsOf<SquareInt8>,
            [("fp32", Of<SquareFp32>), ("bf16", Of<SquareBf16>), ("fp16", Of<SquareFp16>), ("16 shared", Of<SquareShared>), ("10 %", Of<SquareSparse>), ("10 %, 16 shared", Of<SquareSparseShared>)]);
        yield return new(
            "4096 x 4096", LargeFp32.Inputs, LargeFp32.Outputs, WeightsOf<LargeInt8>,
            [("fp32", Of<LargeFp32>), ("bf16", Of<LargeBf16>), ("fp16", Of<LargeFp16>), ("16 shared", Of<LargeShared>), ("10 %", Of<LargeSparse>), ("10 %, 16 shared", Of<LargeSparseShared>)]);

        CompiledModel Of<TModel>()
            where TModel : IModel<TModel> => CompiledModel.Create<TModel>(WeightsOf<TModel>(), tier);
    }

    private static ModelWeights WeightsOf<TModel>()
        where TModel : IModel<TModel> => SyntheticWeights.For(TModel.Description);

    /// <param name="Name">The shape.</param>
    /// <param name="Inputs">Numbers that enter.</param>
    /// <param name="Outputs">Numbers that leave.</param>
    /// <param name="Codes">Integer weights that have the values of the fp32 model's.</param>
    /// <param name="Subjects">What weights are kept in; fp32 first.</param>
    private sealed record Group(string Name, int Inputs, int Outputs, Func<ModelWeights> Codes, IReadOnlyList<(string Name, Func<CompiledModel> Create)> Subjects);
}
