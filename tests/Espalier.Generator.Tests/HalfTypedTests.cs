namespace Espalier.Generator.Tests;

/// <summary>Programs as they look while someone types: neither generator nor analyzers may throw, whatever is missing.</summary>
public class HalfTypedTests
{
    [Theory]
    [InlineData("[Dense] partial class A;")]
    [InlineData("[Dense(] partial class A;")]
    [InlineData("[Dense(784)] partial class A;")]
    [InlineData("[Dense(784, )] partial class A;")]
    [InlineData("[Dense(\"a\", 3.5)] partial class A;")]
    [InlineData("[Dense(Unknown, 3)] partial class A;")]
    [InlineData("[Dense(3, 4, Bias = )] partial class A;")]
    [InlineData("[Dense(3, 4), Quantize] partial class A;")]
    [InlineData("[Dense(3, 4), Quantize(Int)] partial class A;")]
    [InlineData("[Dense(3, 4), Quantize(Int8, Inputs = )] partial class A;")]
    [InlineData("[Dense(3, 4), Prune] partial class A;")]
    [InlineData("[Dense(3, 4), Prune(\"much\")] partial class A;")]
    [InlineData("[Dense(3, 4), Codebook(1.5)] partial class A;")]
    [InlineData("[Dense(3, 4)] partial class ;")]
    [InlineData("[Dense(3, 4)] partial class")]
    [InlineData("[Dense(3, 4)]")]
    [InlineData("[Dense(2147483647, 2147483647)] partial class A;")]
    [InlineData("[Dense(-2147483648, 3), Codebook(-2147483648)] partial class A;")]
    [InlineData("[Dense(3, 4), Dense(3, 4), Dense] partial class A; [Dense(3, 4)] partial class A;")]
    [InlineData("[Sequential(typeof())] partial class M;")]
    [InlineData("[Sequential(typeof(Missing))] partial class M;")]
    [InlineData("[Sequential(null)] partial class M;")]
    [InlineData("[Sequential(typeof(M))] partial class M;")]
    [InlineData("[Sequential(typeof(List<>), typeof(int*), typeof(int[]), typeof(dynamic))] partial class M;")]
    [InlineData("[Sequential(typeof(A), 3)] partial class M; [Dense(3, 4)] partial class A;")]
    [InlineData("[Sequential(typeof(G<int>))] partial class M; [Dense(3, 4)] partial class G<T>;")]
    [InlineData("[Dense(3, 4)] partial class A; [Dense(3, 4)] partial class A;")]
    [InlineData("[Dense(3, 4)] interface I; [Dense(3, 4)] enum E; [Dense(3, 4)] delegate void D(); [Sequential] enum F;")]
    [InlineData("[Sequential(typeof(A)), AccuracyFloor, Coding, Train(Epochs = )] partial class M; [Dense(3, 4)] partial class A;")]
    [InlineData("[Conv2D(3, 4)] class A; [Conv2D] class B; [Conv2D(3, , 3, Stride = )] class C; [Image(3, 9, 9), Sequential(typeof(A), typeof(B), typeof(C))] partial class M;")]
    [InlineData("[Conv2D(0, 0, 0, Groups = 0, Stride = 0, Dilation = 0)] class A; [Conv2D(-1, 2147483647, 2147483647, Groups = -3)] class B; [Image(0, -5, 2147483647), Sequential(typeof(A), typeof(B), typeof(P))] partial class M; [MaxPool(0, Stride = -1, Padding = 9)] class P;")]
    [InlineData("[Image(2147483647, 2147483647, 2147483647), Sequential(typeof(P), typeof(G), typeof(N))] partial class M; [AveragePool(-3, 2147483647)] class P; [GlobalAveragePool] class G; [LocalResponseNorm(-1, Alpha = double.NaN)] class N;")]
    [InlineData("[Residual] class A; [Residual(typeof(A), Projection = )] class B; [Residual(null, Projection = null)] class C; [Concat(typeof(A), null, typeof(int[]))] class D; [Sequential(typeof(A), typeof(B), typeof(C), typeof(D))] class M; [Image(1, 1, 1), Sequential(typeof(M))] partial class M2;")]
    [InlineData("[Repeat] class A; [Repeat(null, 3)] class B; [Repeat(typeof(B))] class C; [Repeat(typeof(Missing), -3)] class D; [Repeat(typeof(D), 2147483647)] class E; [Image(1, 9, 9), Sequential(typeof(E), typeof(D), typeof(C), typeof(B), typeof(A))] partial class M;")]
    [InlineData("[Repeat(typeof(B), 2147483647)] class A; [Repeat(typeof(C), 2147483647)] class B; [Repeat(typeof(F), 2147483647)] class C; [Flatten] class F; [Image(1, 9, 9), Sequential(typeof(A), typeof(D))] partial class M; [Dense(81, 2)] partial class D;")]
    [InlineData("[Sequential(typeof(B))] class A; [Sequential(typeof(A))] class B; [Residual(typeof(A), Projection = typeof(B))] class C; [Concat(typeof(C), typeof(C))] class D; [Repeat(typeof(D), 2)] class E; [Image(1, 9, 9), Sequential(typeof(E), typeof(A))] partial class M;")]
    [InlineData("[Dropout] class A; [Dropout(double.NaN)] class B; [Dense(3, 4), Dropout(\"x\"), BatchNorm(Epsilon = )] partial class C; [BatchNorm(Momentum = double.NaN), Dense(4, 4), MaxPool(2)] partial class D; [Image, Sequential(typeof(C), typeof(A), typeof(B), typeof(D))] partial class M; [Image(1, 2, ), Sequential(typeof(C))] partial class N2;")]
    [InlineData("[Dense(3, 4), Quantize(Int8, Accumulators = , Gradients = Missing, Rounding = )] partial class A;")]
    [InlineData("[Dense(-3, 0), Relu, Quantize(Int8, MasterWeights = false, Rounding = Rounding.Nearest, Outputs = \"a\")] partial class A; [Sequential(typeof(A), typeof(A)), Train(LearningRate = )] partial class M;")]
    [InlineData("[Dense(3, 4), Quantize(Int32, MasterWeights = false, Rounding = Rounding.Nearest, Accumulators = Int8, PerChannel = true, Outputs = Int4), Codebook(3, CentroidPrecision = )] partial class A; [Sequential(typeof(A), typeof(A))] partial class M;")]
    [InlineData("[Dense(3, 4), Quantize(Fp16, Gradients = Fp16)] partial class A; [Sequential(typeof(A)), Train(LossScaling = double.NaN, BatchSize = 0, LearningRate = -1.0 / 0)] partial class M; [Sequential(typeof(A)), Train(LossScaling = \"x\", BatchSize = -3)] partial class N2;")]
    [InlineData("[Dense(3, 4), Quantize(Fp16, Gradients = Fp16)] partial class A; [Sequential(typeof(A)), Train(LossScaling = 1e300)] partial class M; [Train(LossScaling = 1e300, DynamicLossScaling = 3)] partial class N2;")]
    public async Task NothingThrows(string program)
    {
        var compilation = TestCompilation.Of("namespace N; using Espalier; using static Espalier.Precision;\n" + program);
        _ = new GeneratorHarness(compilation, new TestFile("M.espalier.json", "{"));
        await AnalyzerHarness.Run(compilation, new TestFile("M.espalier.json", "{"), new TestFile("N.espalier.json", "{\"format\": 1, \"model\": \"\"}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("N.")]
    [InlineData("`1")]
    public async Task StrangeModelName_IsNoModel(string name)
    {
        var manifest = ManifestText.For(Sources.LeNet300).Replace("Digits.LeNet300", name);
        var found = await AnalyzerHarness.Run(TestCompilation.Relaxed(Sources.LeNet300), new TestFile("x.espalier.json", manifest));
        Assert.Contains(found, diagnostic => diagnostic.Id == "ESP0707");
    }

    [Fact]
    public async Task ProjectWithoutEspalier_IsLeftAlone()
    {
        var bare = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("Bare", TestCompilation.Of("class A;").SyntaxTrees.Take(2));
        Assert.Empty(new GeneratorHarness(bare).Files);
        Assert.Empty(await AnalyzerHarness.Run(bare, new TestFile("x.espalier.json", "{")));
    }
}
