using System.CommandLine;
using Digits;

var json = new Option<FileInfo?>("--json") { Description = "Writes what was measured as rows of suite, case, subject, metric and value.", Recursive = true };
var data = new Option<FileInfo?>("--data") { Description = "Reads other rows than those that come with the sample: gzipped lines of 64 pixels and a label.", Recursive = true };
var seed = new Option<int>("--seed") { Description = "The seed of the training run.", DefaultValueFactory = _ => 1 };
var folder = new Option<DirectoryInfo?>("--out") { Description = "Where the artifacts go; beside the sample's source unless said." };
var count = new Option<int>("--count") { Description = "How many seeds.", DefaultValueFactory = _ => 5 };

var validation = new Option<bool>("--validation") { Description = "Reports on the validation part alone: what choices are made by." };

var root = new RootCommand("Handwritten digits: the compiled, compressed network against its dense fp32 reference.") { json, data };
root.SetAction(parse => ComparisonCommand.Run(parse.GetValue(data), parse.GetValue(json)));

var train = new Command("train", "Trains from scratch and saves the artifacts; the next build picks them up.") { seed, folder };
train.SetAction((parse, cancellation) => Task.FromResult(TrainCommand.Run(parse.GetValue(data), parse.GetValue(seed), parse.GetValue(folder), cancellation)));
root.Subcommands.Add(train);

var seeds = new Command("seeds", "Trains with several seeds and prints means: what one lucky seed cannot show.") { count, validation };
seeds.SetAction((parse, cancellation) => Task.FromResult(SeedsCommand.Run(parse.GetValue(data), parse.GetValue(count), parse.GetValue(validation), parse.GetValue(json), cancellation)));
root.Subcommands.Add(seeds);

var updates = new Command("updates", "Trains 8-bit weights without a full-precision copy and counts the updates that nearest rounding loses.") { seed };
updates.SetAction((parse, cancellation) => Task.FromResult(UpdatesCommand.Run(parse.GetValue(data), parse.GetValue(seed), parse.GetValue(json), cancellation)));
root.Subcommands.Add(updates);

var file = new Option<FileInfo>("--out") { Description = "The file to write.", Required = true };
var rows = new Command("rows", "Writes the rows without the held-out part, to see that training gives the same network without them.") { file };
rows.SetAction(parse => Console.WriteLine($"{DigitsData.CopyWithoutHeldOut(parse.GetValue(data)?.FullName, parse.GetRequiredValue(file).FullName)} rows for training and validation."));
root.Subcommands.Add(rows);

var tier = new Command("tier", "Prints the instruction tier that this process runs.");
tier.SetAction(_ => Console.WriteLine(Espalier.InstructionTiers.Best));
root.Subcommands.Add(tier);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled; nothing was changed.");
    return 130;
}
catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException or Espalier.ArtifactException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
