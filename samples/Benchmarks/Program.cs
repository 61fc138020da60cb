using System.CommandLine;
using System.CommandLine.Parsing;
using BenchmarkDotNet.Running;
using Benchmarks.Buckwild;
using Benchmarks.Convolutions;
using Benchmarks.Density;
using Benchmarks.Eie;
using Benchmarks.Floats;
using Benchmarks.Keystroke;
using Benchmarks.LeNet;
using Benchmarks.Operations;
using Benchmarks.Planes;
using Benchmarks.Rounding;
using Benchmarks.Startup;
using Benchmarks.Threads;
using Benchmarks.Tiers;
using Benchmarks.Training;
using Espalier;

var json = new Option<FileInfo?>("--json") { Description = "Writes what was measured as rows of suite, case, subject, metric and value.", Recursive = true };
var rounds = new Option<int>("--rounds") { Description = "How often each subject is timed in turn; slow ones less often.", DefaultValueFactory = _ => 31, Recursive = true };
var batch = new Option<int[]>("--batch") { Description = "Samples a call, e.g. 1,4,64.", CustomParser = Batches, DefaultValueFactory = _ => [1, 4, 64] };
var layer = new Option<string?>("--layer") { Description = "One layer alone, e.g. Alex-6." };
var tier = new Option<InstructionTier?>("--tier") { Description = "The instruction tier that our kernels run on; the peers keep theirs." };

var root = new RootCommand("How fast compiled networks run beside ONNX Runtime. Other arguments go to BenchmarkDotNet, e.g. --filter '*Generator*'.") { json, rounds };

var eie = new Command("eie", "The nine pruned layers of the EIE paper.") { batch, layer, tier };
eie.SetAction(parse => EieCommand.Run(parse.GetValue(batch)!, parse.GetValue(layer), parse.GetValue(tier), parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(eie);

var networkBatch = new Option<int[]>("--batch") { Description = "Samples a call, e.g. 1,64,1024.", CustomParser = Batches, DefaultValueFactory = _ => [1, 64, 1024] };
var lenet300 = new Command("lenet300", "LeNet-300-100 with all three compressions, and dense.") { networkBatch };
lenet300.SetAction(parse => LeNet300Command.Run(parse.GetValue(networkBatch)!, parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(lenet300);

var density = new Command("density", "One layer of 1024 x 1024 from 1 % to 100 % density: the chosen layout, against our dense layers.");
density.SetAction(parse => DensityCommand.Run(parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(density);

var floats = new Command("floats", "Float networks whose weights are kept in fp32, bf16, fp16 and codebooks, dense and pruned.") { tier };
floats.SetAction(parse => FloatsCommand.Run(parse.GetValue(tier), parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(floats);

var tiles = new Option<(int Rows, int Slots)[]>("--tiles") { Description = "Tiles of output channels and pixels to try besides the planned ones, e.g. 16x6,32x4.", CustomParser = TileList.Parse, DefaultValueFactory = _ => [] };
var convolutions = new Command("convolutions", "The distinct layers of ResNet-18, VGG-16, SqueezeNet and AlexNet, and MobileNet's depthwise ones, in every layout that fits.") { layer, tier, tiles };
convolutions.SetAction(parse => ConvolutionsCommand.Run(parse.GetValue(layer), parse.GetValue(tier), parse.GetValue(tiles)!, parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(convolutions);

var planes = new Command("planes", "Inputs of 14 bits beside inputs of seven, on every instruction tier of this process.") { tier };
planes.SetAction(parse => PlanesCommand.Run(parse.GetValue(tier), parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(planes);

var tiers = new Command("tiers", "LeNet-300-100 and one EIE layer on every instruction tier of this process.");
tiers.SetAction(parse => TiersCommand.Run(parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(tiers);

var network = new Option<string?>("--network") { Description = "One network alone: lenet300 or lenet5." };
var training = new Command("training", "The products of LeNet-300-100 in training against the processor's peak, and an epoch of 60,000 samples; LeNet-5 in samples a second.") { network };
training.SetAction(parse => TrainingCommand.Run(parse.GetValue(network), parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(training);

var inputDensity = new Option<double>("--density") { Description = "The share of inputs that are not 0; MNIST's pixels have 0.19.", DefaultValueFactory = _ => 1 };
var operations = new Command("operations", "Forward, gradients and update of LeNet-300-100 in fp32, in low precision and pruned: time, bytes touched, estimated energy.") { inputDensity };
operations.SetAction(parse => OperationsCommand.Run(parse.GetValue(inputDensity), parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(operations);

var rounding = new Command("rounding", "Rounding to an 8-bit grid: to the nearest point, and by chance with fresh and with shared random numbers.");
rounding.SetAction(parse => RoundingCommand.Run(parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(rounding);

var width = new Option<int>("--width") { Description = "Inputs of a sample.", DefaultValueFactory = _ => 4096 };
var learners = new Option<int>("--threads") { Description = "Threads that share one model.", DefaultValueFactory = _ => 1 };
var stepSize = new Option<int>("--samples") { Description = "Samples of a step.", DefaultValueFactory = _ => 1 };
var sweep = new Option<bool>("--sweep") { Description = "Datasets from 4 K numbers, which a first-level cache holds, to 64 M." };
var curves = new Option<bool>("--curves") { Description = "What linear and logistic regression learn, pass by pass." };
var buckwild = new Command("buckwild", "Logistic regression by low-precision stochastic gradient descent: D8M8 and D16M16 against D32fM32f.") { width, learners, stepSize, sweep, curves };
buckwild.SetAction(parse => BuckwildCommand.Run(parse.GetValue(width), parse.GetValue(learners), parse.GetValue(stepSize), parse.GetValue(sweep), parse.GetValue(curves), parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(buckwild);

var saveFolder = new Option<DirectoryInfo?>("--folder") { Description = "Where to save; beside the model's source unless said." };
var save = new Command("save", "Makes the network inside samples/Startup again.") { saveFolder };
save.SetAction(parse => SaveCommand.Run(parse.GetValue(saveFolder)));
var publishFolder = new Option<DirectoryInfo?>("--published") { Description = "Publishes here, keeps the programs, and takes those that lie here already; a temporary folder unless said." };
var startup = new Command("startup", "Process start to first prediction of published programs, and their size.") { publishFolder, save };
startup.SetAction(parse => StartupCommand.Run(parse.GetValue(publishFolder), parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(startup);

var threadCount = new Option<int>("--threads") { Description = "Threads of one prediction.", DefaultValueFactory = _ => 2 };
var threads = new Command("threads", "The EIE layers and LeNet-300-100 on one thread and on several.") { threadCount, layer };
threads.SetAction(parse => ThreadsCommand.Run(parse.GetValue(threadCount), parse.GetValue(layer), parse.GetValue(rounds), parse.GetValue(json)));
root.Subcommands.Add(threads);

var keystroke = new Command("keystroke", "Types into a project of 200 annotated layers: time of the generator and of all analyzers, and what runs again.");
keystroke.SetAction(parse => KeystrokeCommand.Run(parse.GetValue(rounds), parse.GetValue(json)).GetAwaiter().GetResult());
root.Subcommands.Add(keystroke);

if (args.Length > 0 && args[0] is not ("-h" or "-?" or "--help" or "--version") && root.Subcommands.All(command => command.Name != args[0]))
{
    BenchmarkSwitcher.FromAssembly(typeof(Benchmarks.GeneratorBenchmark).Assembly).Run(args);
    return 0;
}

try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

static int[] Batches(ArgumentResult argument)
{
    var text = argument.Tokens[0].Value;
    var sizes = text.Split(',').Select(part => int.TryParse(part, out var size) ? size : 0).ToArray();
    if (sizes.Any(size => size < 1))
    {
        argument.AddError($"--batch takes sizes from 1 on with commas between them, e.g. 1,4,64, but was given {text}.");
    }

    return sizes;
}
