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

    /// <summary>A small network of every composition and every step of a layer.</summary>
    public const string Images = """
        namespace Pictures;
        using Espalier;

        [Conv2D(3, 16, 3, Padding = 1), BatchNorm, Relu, LocalResponseNorm(5), MaxPool(2)]
        internal class Stem;

        [Conv2D(16, 16, 3, Padding = 1), BatchNorm(Epsilon = 1e-3), Relu]
        internal class First;

        [Conv2D(16, 16, 3, Padding = 1, Groups = 4)]
        internal class Second;

        [Residual(typeof(First), typeof(Second)), Relu]
        internal class Block;

        [Repeat(typeof(Block), 2)]
        internal class Stage;

        [Conv2D(16, 32, 3, Stride = 2, Padding = 1), BatchNorm, Relu]
        internal class Down;

        [Conv2D(16, 32, 1, Stride = 2), BatchNorm]
        internal class Skip;

        [Residual(typeof(Down), Projection = typeof(Skip)), Relu]
        internal class Halving;

        [Conv2D(32, 8, 1), Relu]
        internal class Narrow;

        [Conv2D(32, 24, 3, Padding = 1), Relu]
        internal class Wide;

        [Concat(typeof(Narrow), typeof(Wide)), AveragePool(2), Dropout(0.5)]
        internal class Fire;

        [Dense(512, 10)]
        internal partial class Scores;

        [Image(3, 32, 32)]
        [Sequential(typeof(Stem), typeof(Stage), typeof(Halving), typeof(Fire), typeof(Scores))]
        internal partial class Pictures;
        """;
}
