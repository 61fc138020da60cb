using System.Text;

namespace Benchmarks;

/// <summary>Sources that the generator is measured on.</summary>
internal static class ModelSources
{
    public const string LeNet300 =
        """
        using Espalier;
        [Dense(784, 300), Relu, Quantize(Precision.Int8), Prune(0.92), Codebook(16)] public partial class Hidden1;
        [Dense(300, 100), Relu, Quantize(Precision.Int8), Prune(0.91), Codebook(16)] public partial class Hidden2;
        [Dense(100, 10), Quantize(Precision.Int8), Prune(0.74), Codebook(16)] public partial class Logits;
        [Sequential(typeof(Hidden1), typeof(Hidden2), typeof(Logits))] public partial class LeNet300;
        """;

    /// <summary>Fifty layers of fifty shapes, so that no two share a kernel: the worst case.</summary>
    public static string FiftyLayers
    {
        get
        {
            var text = new StringBuilder("using Espalier;\n");
            for (var i = 0; i < 50; i++)
            {
                text.Append($"[Dense({100 + i}, {101 + i}), Relu, Quantize(Precision.Int8), Prune(0.9), Codebook(16)] public partial class Layer{i};\n");
            }

            text.Append($"[Sequential({string.Join(", ", Enumerable.Range(0, 50).Select(i => $"typeof(Layer{i})"))})] public partial class Deep;\n");
            return text.ToString();
        }
    }
}
