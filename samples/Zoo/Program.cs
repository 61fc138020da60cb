using System.CommandLine;
using Zoo;
using Zoo.Running;

var json = new Option<FileInfo?>("--json") { Description = "Writes the numbers as rows of suite, case, subject, metric and value.", Recursive = true };
var names = new Argument<string[]>("NAME") { Description = $"Networks: {string.Join(", ", ZooModel.All.Select(model => model.Name))}; all unless said.", Arity = ArgumentArity.ZeroOrMore };

var root = new RootCommand("Convolutional networks declared with attributes, from LeNet-5 to ResNet-152.") { json };

var summary = new Command("summary", "Prints the layers of networks: shapes, parameters, multiply-adds and bytes at each precision.") { names };
summary.SetAction(parse => SummaryCommand.Run(ZooModel.Find(parse.GetValue(names) ?? []), parse.GetValue(json)));
root.Subcommands.Add(summary);

var rounds = new Option<int>("--rounds") { Description = "How often everything is timed.", DefaultValueFactory = _ => 15 };
var threads = new Option<string>("--threads") { Description = "Numbers of threads to time on, e.g. 1,2.", DefaultValueFactory = _ => "1" };
var check = new Option<bool>("--check") { Description = "Holds int8 predictions against the simulation, bit for bit. Takes seconds for large networks." };
var run = new Command("run", "Runs networks with weights from a seed beside ONNX Runtime, in fp32 and int8.") { names, rounds, threads, check };
run.SetAction(parse => RunCommand.Run(
    ZooModel.Find(parse.GetValue(names) is { Length: > 0 } given ? given : RunCommand.Usual),
    new RunOptions(parse.GetValue(rounds), Threads.Parse(parse.GetValue(threads)!), parse.GetValue(check), parse.GetValue(json))));
root.Subcommands.Add(run);

var forms = new Option<VariantForm[]>("--form") { Description = "Forms: fp32, int8, pruned; the first two unless said.", DefaultValueFactory = _ => [VariantForm.Fp32, VariantForm.Int8], AllowMultipleArgumentsPerToken = true };
var stepThreads = new Option<int>("--threads") { Description = "Threads of a prediction.", DefaultValueFactory = _ => 1 };
stepThreads.Validators.Add(option =>
{
    if (option.GetValueOrDefault<int>() < 1)
    {
        option.AddError("--threads takes a number from 1 on.");
    }
});
var steps = new Command("steps", "Prints how long each step of a network's prediction takes; ResNet-18 unless named.") { names, forms, stepThreads };
steps.SetAction(parse => StepsCommand.Run(ZooModel.Find(parse.GetValue(names) is { Length: > 0 } given ? given : ["resnet18"]), parse.GetValue(forms)!, parse.GetValue(stepThreads), parse.GetValue(json)));
root.Subcommands.Add(steps);

var generate = new Command("generate", "Prints what networks cost before they run: the generator, the compiler and the JIT; ResNet-152 unless named.") { names };
generate.SetAction(parse => GenerateCommand.Run(ZooModel.Find(parse.GetValue(names) is { Length: > 0 } given ? given : ["resnet152"]), parse.GetValue(json)));
root.Subcommands.Add(generate);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
