using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Espalier;
using Espalier.Samples;

namespace Mnist;

/// <summary>Makes a compressed LeNet-300-100 or LeNet-5 from scratch, for one seed or several, and saves the first.</summary>
internal static class CompressCommand
{
    private const string Small = "small";
    private const string Tiny = "tiny";

    public static Command Describe(SharedOptions shared)
    {
        var size = new Option<string>("--size") { Description = $"{Small}: for a test error of 1.64 %, or 0.8 % of LeNet-5; {Tiny}: for one of 1.9 %, or 0.98 %.", DefaultValueFactory = _ => Small };
        size.AcceptOnlyFromAmong(Small, Tiny);
        var network = NetworkOption.New();
        var seeds = new Option<int>("--seeds") { Description = "How many seeds, from --seed on; every one is reported.", DefaultValueFactory = _ => 1 };
        var effort = new Option<double>("--effort") { Description = "A factor on the epochs of the compressed network, and of its teacher where that is LeNet-5.", DefaultValueFactory = _ => 1 };
        var folder = new Option<DirectoryInfo?>("--out") { Description = "Where the artifact of the first seed goes; beside the model's source unless said." };
        var sparsity = new Option<double?>("--sparsity") { Description = "The share of weights to remove in place of what the attributes say; an artifact made with it is that of attributes which say so." };
        var test = new Option<bool>("--test") { Description = "Measures the error on the test images too. Without it nothing is chosen by them, since nobody sees it." };
        var dry = new Option<bool>("--dry") { Description = "Saves nothing." };
        var command = new Command("compress", "Trains, prunes, shares, quantizes and codes a LeNet from scratch; prints every byte and the errors, and saves the artifact.") { network, size, seeds, effort, sparsity, folder, test, dry };
        command.SetAction((parse, cancellation) =>
        {
            var request = new CompressRequest(
                parse.GetValue(shared.Data), parse.GetValue(shared.Seed), Positive(parse.GetValue(seeds), "--seeds"), Positive(parse.GetValue(effort), "--effort"),
                parse.GetValue(shared.HeldOut), parse.GetValue(folder), parse.GetValue(dry), parse.GetValue(shared.Json), parse.GetValue(sparsity), parse.GetValue(test));
            return Task.FromResult((parse.GetValue(network), parse.GetValue(size)) switch
            {
                (NetworkOption.LeNet5, Tiny) => Run<TinyLeNet5>(request, CompressionRun.OfImages, cancellation),
                (NetworkOption.LeNet5, _) => Run<SmallLeNet5>(request, CompressionRun.OfImages, cancellation),
                (_, Tiny) => Run<TinyLeNet300>(request, CompressionRun.Of, cancellation),
                _ => Run<SmallLeNet300>(request, CompressionRun.Of, cancellation),
            });
        });
        return command;
    }

    private static int Run<TModel>(CompressRequest request, Recipe recipe, CancellationToken cancellation)
        where TModel : IModel<TModel>
    {
        var data = MnistData.Load(MnistFolder.Find(request.Folder));
        var (train, heldOut, test) = (data.Train(request.HeldOut), data.HeldOut(request.HeldOut), request.Test ? TestImages(data) : null);
        var model = request.Sparsity is { } sparsity ? WithSparsity(TModel.Description, sparsity) : TModel.Description;
        if (!request.Dry)
        {
            // Now, not after an hour's training that could not be saved.
            request.Out?.Create();
        }

        var name = model.ShortName;
        var rows = new MeasurementRows("mnist");
        var results = new List<CompressResult>();
        for (var seed = request.Seed; seed < request.Seed + request.Seeds; seed++)
        {
            var start = Stopwatch.GetTimestamp();
            var trained = recipe(model, train, heldOut, seed, request.Effort, cancellation);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var artifact = Artifact.From(trained);
            var result = CompressResult.Of(TModel.Create(trained.Weights), artifact, model.Parameters, seed, heldOut, test, seconds);
            results.Add(result);
            result.AddTo(rows, name);
            Console.WriteLine(result);
            if (seed == request.Seed)
            {
                Console.WriteLine();
                trained.Report.WriteTo(Console.Out);
                Console.WriteLine();
                ByteTable.Write(trained.Report, Console.Out);
                Console.WriteLine();
                if (!request.Dry)
                {
                    Console.WriteLine(request.Out is { } folder ? artifact.Save(folder.FullName) : artifact.Save());
                }
            }
        }

        if (results.Count > 1)
        {
            Console.WriteLine(CompressResult.Mean(results));
        }

        if (request.Json is { } json)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static ModelDescription WithSparsity(ModelDescription model, double sparsity) => sparsity is > 0 and < 1
        ? model with { Layers = [.. model.Layers.Select(layer => layer.Pruning is null ? layer : layer with { Pruning = layer.Pruning with { Sparsity = sparsity } })] }
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"--sparsity is {sparsity}; it is a share above 0 and below 1."));

    private static LabelledSamples TestImages(MnistData data) => data.Test()
        ?? throw new FileNotFoundException("--test asks for the test images, whose two files t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte are absent from the folder of the data.");

    private static int Positive(int value, string option) => value >= 1 ? value : throw new ArgumentException($"{option} is {value}; it is 1 at least.");

    private static double Positive(double value, string option) => value > 0 && double.IsFinite(value) ? value : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; it is positive."));

    private delegate TrainedModel Recipe(ModelDescription model, LabelledSamples train, LabelledSamples heldOut, int seed, double effort, CancellationToken cancellation);

    private sealed record CompressRequest(DirectoryInfo? Folder, int Seed, int Seeds, double Effort, int HeldOut, DirectoryInfo? Out, bool Dry, FileInfo? Json, double? Sparsity, bool Test);
}
