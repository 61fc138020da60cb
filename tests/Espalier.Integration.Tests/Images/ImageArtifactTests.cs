using Espalier.Integration.Tests.Compilations;
using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>A network of images from attributes to an artifact and back: what is decoded predicts the same bits, and the manifest is the one that the next build takes.</summary>
public class ImageArtifactTests
{
    private const string Source = """
        namespace N;
        [Conv2D(1, 6, 3, Padding = 1), Relu, MaxPool(2), Quantize(Int8), Prune(0.5)] public partial class Stem;
        [Conv2D(6, 6, 3, Padding = 1), BatchNorm, Relu, Quantize(Int8)] public partial class Inner;
        [Conv2D(6, 6, 3, Padding = 1), BatchNorm, Quantize(Int8)] public partial class Last;
        [Residual(typeof(Inner), typeof(Last)), Relu] public partial class Block;
        [Conv2D(6, 4, 1), Relu, Quantize(Int8)] public partial class One;
        [Conv2D(6, 4, 3, Padding = 1), Relu, Quantize(Int8)] public partial class Three;
        [Concat(typeof(One), typeof(Three)), Dropout(0.25)] public partial class Fire;
        [Dense(128, 5), Quantize(Int8)] public partial class Scores;
        [Image(1, 8, 8), Sequential(typeof(Stem), typeof(Block), typeof(Fire), typeof(Scores))] public partial class Net;
        """;

    private static readonly Lazy<CompiledModel> s_compiled = new(() => new ProgramCompiler().Compile("Images", Source).Model("N.Net"));

    [Fact, Trait(Tiers.Trait, Tiers.Once)]
    public void WhatIsSavedIsWhatTheNextBuildTakes()
    {
        var model = s_compiled.Value.Description;
        Assert.Equal([0.25], model.Layers.Select(layer => layer.Dropout).Where(dropout => dropout != 0));
        var artifact = Artifact.From(new GraphWeights(5) { Density = 0.6 }.For(model), 0.9);
        Assert.Equal(5, artifact.Blob.Span[4]);
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(artifact.Blob.Span));
        bool IsTaken(string source) => new ProgramCompiler().Compile("Next", source, artifact.Manifest).Generated.Any(text => text.Contains(hash, StringComparison.Ordinal));
        Assert.True(IsTaken(Source));
        Assert.False(IsTaken(Source.Replace("Dropout(0.25)", "Dropout(0.5)", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatIsDecodedPredictsTheSameBits()
    {
        var compiled = s_compiled.Value;
        var random = new GraphWeights(6);
        var weights = random.For(compiled.Description);
        var decoded = Artifact.Decode(Artifact.From(weights).Blob.Span, compiled.Description, "blob");
        var (expected, actual) = (new float[5], new float[5]);
        foreach (var tier in Tiers.Supported)
        {
            var model = compiled.Create(decoded, tier);
            for (var sample = 0; sample < 8; sample++)
            {
                var input = random.Inputs(64);
                new Simulation(weights).Predict(input, expected);
                model.Predict(input, actual);
                Assert.Equal(expected, actual);
            }
        }
    }

    [Fact]
    public void ReportsCountByKind()
    {
        var report = ModelReport.From(new GraphWeights(7).For(s_compiled.Value.Description));
        Assert.Equal([6 * 9 * 64, 0, 324 * 16, 324 * 16, 0, 24 * 16, 216 * 16, 0, 128 * 5], report.Layers.Select(layer => layer.DenseMultiplyAdds));
        Assert.Equal([60, 0, 330, 330, 0, 28, 220, 0, 645], report.Layers.Select(layer => layer.DenseBytes / 4));
        Assert.All(report.Layers, layer => Assert.Equal(layer.Weights == 0, layer.Kernel.Length == 0));
        Assert.Contains("6×8×8 to 6×4×4", report.ToString());
    }
}
