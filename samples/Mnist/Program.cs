using System.CommandLine;
using Mnist;

var json = new Option<FileInfo?>("--json") { Description = "Writes what was measured as rows of suite, case, subject, metric and value.", Recursive = true };
var data = new Option<DirectoryInfo?>("--data") { Description = "The folder with the MNIST files; the nearest shared/data/mnist upwards unless said.", Recursive = true };
var seed = new Option<int>("--seed") { Description = "The seed of the training run.", DefaultValueFactory = _ => 1 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the training images.", DefaultValueFactory = _ => Recipe.Epochs };
var heldOut = new Option<int>("--held-out") { Description = "How many training images are kept back to choose by.", DefaultValueFactory = _ => 5000 };

var root = new RootCommand("MNIST: LeNet-300-100, trained in this process.") { json, data };

var train = new Command("train", "Trains the dense fp32 network, and prints the time of an epoch, the held-out error and the test error.") { seed, epochs, heldOut };
train.SetAction((parse, cancellation) => Task.FromResult(TrainCommand.Run(
    parse.GetValue(data), parse.GetValue(seed), parse.GetValue(epochs), parse.GetValue(heldOut), parse.GetValue(json), cancellation)));
root.Subcommands.Add(train);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled; nothing was changed.");
    return 130;
}
catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException or ArithmeticException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
