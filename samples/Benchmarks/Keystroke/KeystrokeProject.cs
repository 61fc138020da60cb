using System.Text;
using Benchmarks.Models;
using Espalier;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Benchmarks.Keystroke;

/// <summary>A project of 200 annotated layers in 50 models, one file for each model, half of them with a manifest; and a file without annotations.</summary>
internal sealed class KeystrokeProject
{
    public const int Models = 50;
    public const int LayersPerModel = 4;

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    public KeystrokeProject()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(DenseAttribute).Assembly.Location)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path));
        Compilation = CSharpCompilation.Create(
            "Project",
            Enumerable.Range(0, Models).Select(model => Parse(ModelSource(model), $"Net{model}.cs")).Append(Parse(OtherSource(0), "Other.cs")),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Manifests = [.. Enumerable.Range(0, Models / 2).Select(model => new ManifestFile($"/project/Net{model}.espalier.json", ManifestOf(model)))];
    }

    public CSharpCompilation Compilation { get; }

    public AdditionalText[] Manifests { get; }

    /// <summary>The project after a keystroke inside a method body, another one each time.</summary>
    public CSharpCompilation WithMethodBody(int keystroke) => Replace("Other.cs", OtherSource(keystroke));

    /// <summary>The project after one attribute of one layer changed, another value each time.</summary>
    public CSharpCompilation WithAttribute(int keystroke) => Replace("Net30.cs", ModelSource(30, $"0.{5000 + keystroke}"));

    private static string OtherSource(int number) => $$"""
        namespace Project;
        public static class Other
        {
            public static int Sum(int[] numbers)
            {
                var sum = {{number}};
                foreach (var number in numbers)
                {
                    sum += number;
                }

                return sum;
            }
        }
        """;

    private static string ModelSource(int model, string sparsity = "0.9")
    {
        var text = new StringBuilder("namespace Project;\nusing Espalier;\nusing static Espalier.Precision;\n");
        for (var layer = 0; layer < LayersPerModel; layer++)
        {
            var (inputs, outputs) = Shape(model, layer);
            text.Append($"[Dense({inputs}, {outputs}), Relu]\n[Quantize(Int8), Prune({(layer == 1 ? sparsity : "0.9")}), Codebook(16)]\npublic partial class Layer{model}X{layer};\n\n");
        }

        var layers = Enumerable.Range(0, LayersPerModel).Select(layer => $"typeof(Layer{model}X{layer})");
        return text.Append($"[Sequential({string.Join(", ", layers)})]\npublic partial class Net{model};\n").ToString();
    }

    /// <summary>No two models have a shape in common, so that no kernel is shared: the worst case.</summary>
    private static (int Inputs, int Outputs) Shape(int model, int layer) => (40 + (model * LayersPerModel) + layer, 41 + (model * LayersPerModel) + layer);

    /// <summary>As saving writes it, from weights that nobody trained.</summary>
    private static string ManifestOf(int model) => Artifact.From(SyntheticWeights.For(new ModelDescription
    {
        Name = $"Project.Net{model}",
        Layers = [.. Enumerable.Range(0, LayersPerModel).Select(layer => Description(model, layer))],
    }), 0.97).Manifest;

    private static LayerDescription Description(int model, int layer)
    {
        var (inputs, outputs) = Shape(model, layer);
        return new LayerDescription
        {
            Path = $"{layer}/Layer{model}X{layer}",
            Kind = "Dense",
            Arguments = [inputs, outputs],
            Inputs = inputs,
            Outputs = outputs,
            Activation = Activation.Relu,
            Quantization = new QuantizationDescription
            {
                Weights = Precision.Int8, Inputs = Precision.Int8, Outputs = Precision.Int8, Accumulators = Precision.Int32, PerChannel = false,
            },
            Pruning = new PruningDescription(0.9),
            Codebook = new CodebookDescription(16, Precision.Int8),
        };
    }

    private CSharpCompilation Replace(string file, string source)
    {
        var tree = Compilation.SyntaxTrees.Single(tree => tree.FilePath == file);
        return Compilation.ReplaceSyntaxTree(tree, Parse(source, file));
    }

    private static SyntaxTree Parse(string source, string file) => CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), ParseOptions, file);

    private sealed class ManifestFile(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
