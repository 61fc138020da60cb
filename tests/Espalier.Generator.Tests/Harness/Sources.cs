namespace Espalier.Generator.Tests;

/// <summary>Programs that several tests start from.</summary>
internal static class Sources
{
    /// <summary>The network of the README.</summary>
    public const string LeNet300 = """
        namespace Digits;
        using Espalier;
        using static Espalier.Precision;

        [Dense(784, 300), Relu]
        [Quantize(Int8), Prune(0.92), Codebook(16)]
        public partial class Hidden1;

        [Dense(300, 100), Relu]
        [Quantize(Int8), Prune(0.91), Codebook(16)]
        public partial class Hidden2;

        [Dense(100, 10)]
        [Quantize(Int8), Prune(0.74), Codebook(16)]
        public partial class Logits;

        [Sequential(typeof(Hidden1), typeof(Hidden2), typeof(Logits))]
        public partial class LeNet300;
        """;
}
