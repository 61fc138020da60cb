using System.Text;
using Espalier.Integration.Tests.Compilations;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Whole generated models of random shapes, precisions and activations: batches of any size equal single predictions.</summary>
public class RandomChainTests
{
    private static readonly int Models = Effort.Of(10);
    private static readonly int[] Widths = [1, 2, 5, 9, 16, 17, 33, 64, 70, 129, 250];
    private static readonly string[] Activations = ["", ", Relu", ", Relu", ", Sigmoid", ", Tanh"];

    private static readonly string[] Compressions =
    [
        "", ", Prune(0.9)", ", Quantize(Int8)", ", Quantize(Int8), Prune(0.9)", ", Quantize(Int8), Prune(0.95), Codebook(16)",
        ", Quantize(Int8, Inputs = Int4), Prune(0.8)", ", Quantize(Int4), Prune(0.7), Codebook(8)", ", Quantize(Int8), Prune(0.9), Codebook(40)",
        ", Quantize(Int8, Inputs = Int16)", ", Quantize(Int8, Inputs = Int16), Prune(0.9), Codebook(16)", ", Quantize(Int4, Inputs = Int16), Prune(0.8)",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void BatchesGiveWhatSinglePredictionsGive(int seed)
    {
        var random = new Random(seed);
        var program = new ProgramCompiler().Compile("Chains", Program(random));
        for (var model = 0; model < Models; model++)
        {
            var compiled = program.Model($"M{model}");
            foreach (var density in new double?[] { null, 0.3 })
            {
                var weights = new RandomWeights(seed + model) { Density = density, Extreme = model % 3 == 0 };
                int[] sizes = [1, 130, .. Enumerable.Range(0, 4).Select(_ => random.Next(2, 130))];
                BatchAgreement.Check(compiled.Create, weights.For(compiled.Description), weights, sizes);
            }
        }
    }

    private static string Program(Random random)
    {
        var text = new StringBuilder();
        for (var model = 0; model < Models; model++)
        {
            var layers = random.Next(1, 5);
            var widths = Enumerable.Range(0, layers + 1).Select(_ => Widths[random.Next(Widths.Length)]).ToArray();
            for (var i = 0; i < layers; i++)
            {
                var activation = i + 1 == layers && random.Next(2) == 0 ? ", Softmax" : Activations[random.Next(Activations.Length)];
                text.AppendLine($"[Dense({widths[i]}, {widths[i + 1]}){activation}{Compressions[random.Next(Compressions.Length)]}] public partial class L{model}x{i};");
            }

            text.AppendLine($"[Sequential({string.Join(", ", Enumerable.Range(0, layers).Select(i => $"typeof(L{model}x{i})"))})] public partial class M{model};");
        }

        return text.ToString();
    }
}
