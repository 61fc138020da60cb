using Benchmarks.Timing;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Operations;

/// <summary>The three operations of training LeNet-300-100 in several forms: time, bytes touched and estimated energy, each against fp32.</summary>
internal static class OperationsCommand
{
    private const int Batch = 64;

    /// <summary>Steps before anything is compared: the power of two that gradients in bytes are divided by moves by one a step, and starts up to five off.</summary>
    private const int Settling = 12;

    public static int Run(double density, int rounds, FileInfo? json)
    {
        if (density is not (> 0 and <= 1))
        {
            throw new ArgumentException($"--density is {density}; it is a share above 0 and up to 1.");
        }

        var data = new StepData(Batch, density);
        var fp32 = new Fp32Step(data);
        TrainingStep[] all = [fp32, new MixedStep(data, fp32.Network), new ByteStep(data, fp32.Network), new PrunedStep(data, fp32.Network), new CompiledStep(data)];
        foreach (var step in all)
        {
            for (var settled = 0; settled < Settling; settled++)
            {
                step.Forward();
                step.Loss();
                if (step.Trains)
                {
                    step.Gradients();
                }
            }
        }

        var rows = new MeasurementRows("operations");
        var table = Tables.New($"LeNet-300-100, batch {Batch}, one thread, {density:P0} of inputs not 0", ["operation", "form", "µs", "times faster", "KB touched", "fewer", "est. µJ", "less"]);
        GradientAgreement.Check(all);
        foreach (var step in all.Where(step => step.Trains))
        {
            step.Update();
        }

        var load = new ForeignLoad();
        foreach (var (operation, action, cost) in new (string, Func<TrainingStep, Action>, Func<TrainingStep, OperationCost>)[]
        {
            ("forward", step => step.Forward, step => step.Costs.Forward),
            ("gradients", step => step.Gradients, step => step.Costs.Gradients),
            ("update", step => step.Update, step => step.Costs.Update),
        })
        {
            var steps = operation == "forward" ? all : [.. all.Where(step => step.Trains)];
            var micros = SideBySide.Micros([.. steps.Select(action)], rounds);
            for (var i = 0; i < steps.Length; i++)
            {
                var (own, reference) = (cost(steps[i]), cost(steps[0]));
                table.AddRow(
                    operation, steps[i].Name, Short(micros[i]), Short(micros[0] / micros[i]), Short(own.Bytes / 1000), Short(reference.Bytes / own.Bytes),
                    Short(own.Microjoules), Short(reference.Microjoules / own.Microjoules));
                rows.Add(operation, steps[i].Name, "micros", micros[i]);
                rows.Add(operation, steps[i].Name, "bytes", own.Bytes);
                rows.Add(operation, steps[i].Name, "microjoules", own.Microjoules);
            }
        }

        load.Warn();
        Tables.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }
}
