using System.CommandLine;

namespace Mnist.Analysis;

/// <summary>What compression costs the dense network, layer by layer and as a whole, on the held-out images; the test images are not looked at.</summary>
internal static class AnalyseCommand
{
    public static Command Describe(SharedOptions shared)
    {
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training images for the dense network.", DefaultValueFactory = _ => Recipe.Epochs };
        var reference = new Option<DirectoryInfo?>("--reference") { Description = "A folder with the dense network's artifact; it is trained and saved there where there is none yet." };
        var retrain = new Option<double[]>("--retrain") { Description = "Sparsities at which the network is trained with every stage of compression.", DefaultValueFactory = _ => [0.9, 0.95, 0.97, 0.98], AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.ZeroOrMore };
        var retrainEpochs = new Option<int>("--retrain-epochs") { Description = "Passes for each stage of those.", DefaultValueFactory = _ => 10 };
        var tolerance = new Option<double>("--tolerance") { Description = "Points of held-out accuracy that a compression may cost.", DefaultValueFactory = _ => 0.2 };
        var plot = new Option<DirectoryInfo?>("--plot") { Description = "A folder for plots in SVG: sensitivities, accuracy against compression, and loss if the network is trained now." };
        var command = new Command("analyse", "Prints the sensitivity of each layer to pruning and to fewer bits, and accuracy against compression.") { epochs, reference, retrain, retrainEpochs, tolerance, plot };
        command.SetAction((parse, cancellation) => Task.FromResult(new AnalysisRun(
            MnistData.Load(MnistFolder.Find(parse.GetValue(shared.Data), cancellation)), parse.GetValue(shared.Seed), parse.GetValue(shared.HeldOut), parse.GetValue(tolerance) / 100, cancellation)
            .Run(parse.GetValue(reference), parse.GetValue(epochs), parse.GetValue(retrain)!, parse.GetValue(retrainEpochs), parse.GetValue(plot), parse.GetValue(shared.Json))));
        return command;
    }
}
