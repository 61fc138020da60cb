using System.CommandLine;
using Zoo;

var json = new Option<FileInfo?>("--json") { Description = "Writes the numbers as rows of suite, case, subject, metric and value.", Recursive = true };
var names = new Argument<string[]>("NAME") { Description = $"Networks: {string.Join(", ", ZooModel.All.Select(model => model.Name))}; all unless said.", Arity = ArgumentArity.ZeroOrMore };

var root = new RootCommand("Convolutional networks declared with attributes, from LeNet-5 to ResNet-152.") { json };

var summary = new Command("summary", "Prints the layers of networks: shapes, parameters, multiply-adds and bytes at each precision.") { names };
summary.SetAction(parse => SummaryCommand.Run(ZooModel.Find(parse.GetValue(names) ?? []), parse.GetValue(json)));
root.Subcommands.Add(summary);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
