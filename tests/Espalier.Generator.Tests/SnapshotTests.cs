namespace Espalier.Generator.Tests;

/// <summary>Generated text, as it was read and accepted.</summary>
public class SnapshotTests
{
    private const string Opening = "namespace N; using Espalier; using static Espalier.Precision;\n";

    private const string Compressed = Opening + """
        [Dense(64, 128), Relu]
        [Quantize(Int8), Prune(0.9), Codebook(16)]
        public partial class Hidden;

        [Dense(128, 10)]
        [Quantize(Int8), Prune(0.7), Codebook(16)]
        public partial class Logits;

        [Sequential(typeof(Hidden), typeof(Logits))]
        public partial class Digits;
        """;

    [Fact]
    public void Float() => Verify(nameof(Float), Opening + """
        [Dense(5, 3), Relu] public partial class A;
        [Dense(3, 2), Softmax] public partial class B;
        [Sequential(typeof(A), typeof(B))] public partial class M;
        """);

    [Fact]
    public void SparseFloat() => Verify(nameof(SparseFloat), Opening + "[Dense(40, 30, Bias = false), Prune(0.95), Tanh] internal partial class A;");

    [Fact]
    public void DenseInt8() => Verify(nameof(DenseInt8), Opening + """
        public partial class Outer { [Dense(20, 20), Quantize(Int8), Sigmoid] public partial class A; }
        [Sequential(typeof(Outer.A), typeof(Outer.A))] public partial class Twice;
        """);

    [Fact]
    public void FourteenBits() => Verify(nameof(FourteenBits), Opening + """
        [Dense(70, 40), Relu, Quantize(Int8, Inputs = Int16), Prune(0.9), Codebook(16)] public partial class A;
        [Dense(40, 6), Quantize(Int8, Inputs = Int16)] public partial class B;
        [Sequential(typeof(A), typeof(B))] public partial class M;
        """);

    [Fact]
    public void DepthwiseConvolutions() => Verify(nameof(DepthwiseConvolutions), Opening + """
        [Conv2D(64, 64, 3, Padding = 1, Groups = 64), Relu] public partial class Floats;
        [Conv2D(64, 64, 3, Stride = 2, Groups = 64), Quantize(Int8), Relu] public partial class Codes;
        [Image(64, 9, 9), Sequential(typeof(Floats), typeof(Codes))] public partial class M;
        """);

    [Fact]
    public void CompressedWithoutArtifact() => Verify(nameof(CompressedWithoutArtifact), Compressed);

    [Fact]
    public void CompressedWithArtifact() =>
        Verify(nameof(CompressedWithArtifact), Compressed, new TestFile("Digits.espalier.json", ManifestText.For(Compressed), ManifestText.Sha256));

    private static void Verify(string test, string program, params TestFile[] files) =>
        Snapshots.Verify($"{nameof(SnapshotTests)}.{test}", new GeneratorHarness(TestCompilation.Of(program), files).Files);
}
