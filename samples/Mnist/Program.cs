using System.CommandLine;
using Mnist;
using Mnist.Analysis;

var shared = new SharedOptions();
var root = new RootCommand("MNIST: LeNet-300-100, trained in this process.") { shared.Json, shared.Data, shared.Seed, shared.HeldOut };
foreach (var command in new[]
{
    TrainCommand.Describe(shared),
    CompressCommand.Describe(shared),
    TableCommand.Describe(shared),
    AnalyseCommand.Describe(shared),
    BuckwildCommand.Describe(shared),
    LowPrecisionCommand.Describe(shared),
})
{
    root.Subcommands.Add(command);
}

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled; nothing was changed.");
    return 130;
}
catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException or ArithmeticException or Espalier.ArtifactException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
