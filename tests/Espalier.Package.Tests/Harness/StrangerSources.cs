namespace Espalier.Package.Tests;

/// <summary>What a stranger writes: the README's kind of model on data that a few lines make up.</summary>
internal static class StrangerSources
{
    public const string Model = """
        namespace Shapes;
        using Espalier;
        using static Espalier.Precision;

        [Dense(16, 32), Relu]
        [Quantize(Int8), Prune(0.92), Codebook(16)]
        public partial class Hidden;

        [Dense(32, 3)]
        [Quantize(Int8), Prune(0.5), Codebook(16)]
        public partial class Logits;

        [Sequential(typeof(Hidden), typeof(Logits))]
        public partial class ShapesNet;

        public static class Samples
        {
            /// <summary>Three classes, each bright in another third of sixteen pixels.</summary>
            public static LabelledSamples Make(int count, int seed)
            {
                var random = new Random(seed);
                var pixels = new byte[count * 16];
                var labels = new int[count];
                for (var i = 0; i < count; i++)
                {
                    labels[i] = random.Next(3);
                    for (var k = 0; k < 16; k++)
                    {
                        pixels[i * 16 + k] = (byte)((k % 3 == labels[i] ? 128 : 0) + random.Next(100));
                    }
                }

                return LabelledSamples.FromBytes(pixels, labels, 16);
            }
        }
        """;

    public const string Trainer = """
        using Espalier;
        using Shapes;

        var options = new TrainingOptions { Epochs = 15, Seed = args.Contains("again") ? 2 : 1 };
        var trained = new Training<ShapesNet>(options).Run(Samples.Make(400, 1), Samples.Make(100, 2));
        Console.WriteLine(Artifact.From(trained).Save());
        """;

    /// <summary>Prints the accuracy and a number that other weights would change.</summary>
    public const string App = """
        using Espalier;
        using Shapes;

        var net = new ShapesNet();
        var samples = Samples.Make(200, 3);
        var scores = new float[3];
        net.Predict(samples.Input(0), scores);
        Console.WriteLine($"accuracy {Evaluation.Accuracy(net, samples, 3):0.00} tier {net.Tier} scores {string.Join(' ', scores)}");
        """;

    /// <summary>Both in one program.</summary>
    public static string TrainerAndApp => $$"""
        using Espalier;
        using Shapes;

        if (args.Contains("train"))
        {
            {{Body(Trainer)}}
        }
        else
        {
            {{Body(App)}}
        }
        """;

    public static string Project(string type, string more = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>{type}</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            {more}
          </ItemGroup>
        </Project>
        """;

    private static string Body(string program) => program[program.IndexOf("\n\n", StringComparison.Ordinal)..];
}
