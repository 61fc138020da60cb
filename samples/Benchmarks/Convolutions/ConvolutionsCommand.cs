using Benchmarks.Onnx;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Convolutions;

/// <summary>The distinct layers of ResNet-18, VGG-16, SqueezeNet and AlexNet, and MobileNet's depthwise ones, in every layout that fits, beside ONNX Runtime in fp32 and int8.</summary>
internal static class ConvolutionsCommand
{
    public static int Run(string? layer, InstructionTier? tier, (int Rows, int Slots)[] tiles, int rounds, FileInfo? json)
    {
        var rows = new MeasurementRows("convolutions");
        var cycles = MachineLimits.CyclesPerMicro();
        var table = Tables.New("Convolutions, one thread, one image: µs of one layer", ["layer", "layout", "µs", "planned", "MAC/cycle", "x ORT"]);
        foreach (var shape in ConvolutionShape.All.Where(shape => layer is null || shape.Name.Contains(layer, StringComparison.Ordinal)))
        {
            var values = new ConvolutionValues(shape);
            foreach (var precision in new[] { Precision.Fp32, Precision.Int8 })
            {
                Measure(shape, values, precision, tier, tiles, rounds, cycles, table, rows);
            }
        }

        Tables.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static void Measure(
        ConvolutionShape shape, ConvolutionValues values, Precision precision, InstructionTier? tier, (int, int)[] tiles, int rounds, double cycles, Table table, MeasurementRows rows)
    {
        var own = CompiledConvolution.Candidates(shape, values, precision, InstructionTiers.Resolve(tier), tiles);
        var (subject, model) = precision == Precision.Int8 ? (Subjects.OrtInt8, OnnxConvolutions.Int8(shape, values)) : (Subjects.OrtFp32, OnnxConvolutions.Fp32(shape, values));
        using var peer = OnnxPeer.TryCreate(subject, model, values.FloatInputs, shape.Outputs * shape.OutputSize * shape.OutputSize, 1);
        foreach (var candidate in own)
        {
            candidate.Run();
        }

        peer?.Predict();
        Check(shape, own, peer);
        Action[] actions = [.. own.Select(candidate => (Action)candidate.Run), .. peer is null ? [] : new Action[] { peer.Predict }];
        var micros = SideBySide.Micros(actions, rounds, secondsForAll: 2).Select(time => time / shape.Copies).ToArray();
        var onnx = peer is null ? double.NaN : micros[^1];
        for (var i = 0; i < own.Count; i++)
        {
            var plan = own[i].Plan;
            table.AddRow(
                i == 0 ? $"{shape.Name} {precision}" : "", $"{plan.Layout} {plan.Rows}x{plan.Slots}{(plan.Depth > 0 ? $" d{plan.Depth}" : "")}", Short(micros[i]), Short(plan.Cycles / cycles),
                Short(shape.Products / micros[i] / cycles), double.IsNaN(onnx) ? "missing" : Short(onnx / micros[i]));
            rows.Add(shape.Name, $"{Subjects.Espalier}-{plan.Layout}", "micros", micros[i]);
        }

        if (!double.IsNaN(onnx))
        {
            rows.Add(shape.Name, subject, "micros", onnx);
        }
    }

    /// <summary>All subjects must compute the same: a copy's result is the next one's input only for ONNX Runtime, so single layers are held against it.</summary>
    private static void Check(ConvolutionShape shape, IReadOnlyList<CompiledConvolution> own, OnnxPeer? peer)
    {
        var expected = shape.Copies == 1 && peer is not null ? peer.Outputs : own[0].Outputs;
        foreach (var candidate in own)
        {
            var actual = candidate.Outputs;
            var largest = expected.Max(Math.Abs);
            var difference = expected.Zip(actual, (left, right) => Math.Abs(left - right)).Max();
            if (!(difference <= (candidate.Plan.Layout.Contains("Int8", StringComparison.Ordinal) ? 1.01f * 8 / 127f : 1e-4f * largest)))
            {
                throw new InvalidOperationException($"{shape.Name} in {candidate.Plan.Layout} is {difference} off: the comparison would mean nothing.");
            }
        }
    }
}
