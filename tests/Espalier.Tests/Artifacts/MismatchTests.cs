using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Artifacts;

/// <summary>An artifact of a model that was declared otherwise is refused, with the layer and what differs: never wrong numbers.</summary>
public class MismatchTests
{
    private static readonly LayerDescription Layer = TestModels.Dense("1/Mid", 6, 6, Activation.Relu, Precision.Int8, 0.5, 8);

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static Dictionary<string, (LayerDescription Layer, string Says, string Trained)> Changed { get; } = new()
    {
        ["path"] = (Layer with { Path = "1/Other" }, "1/Other", "1/Mid"),
        ["kind"] = (Layer with { Kind = "Conv" }, "Conv(6,6)", "Dense(6,6)"),
        ["arguments"] = (Layer with { Arguments = [6, 6, 1] }, "Dense(6,6,1)", "Dense(6,6)"),
        ["bias"] = (Layer with { Bias = false }, "Bias=False", "Bias=True"),
        ["activation"] = (Layer with { Activation = Activation.Tanh }, "Tanh", "Relu"),
        ["weights"] = (Quantized(Layer.Quantization with { Weights = Precision.Int4 }), "Quantize(Int4,", "Quantize(Int8,"),
        ["inputs"] = (Quantized(Layer.Quantization with { Inputs = Precision.Int4 }), "Inputs=Int4", "Inputs=Int8"),
        ["outputs"] = (Quantized(Layer.Quantization with { Outputs = Precision.Int8 }), "Outputs=Int8", "Outputs=Fp32"),
        ["accumulators"] = (Quantized(Layer.Quantization with { Accumulators = Precision.Int32 }), "Accumulators=Int32", "Accumulators=Fp32"),
        ["gradients"] = (Quantized(Layer.Quantization with { Gradients = Precision.Bf16 }), "Gradients=Bf16", "Gradients=Fp32"),
        ["rounding"] = (Quantized(Layer.Quantization with { Rounding = Rounding.Stochastic }), "Rounding=Stochastic", "Rounding=Nearest"),
        ["masters"] = (Quantized(Layer.Quantization with { MasterWeights = false }), "MasterWeights=False", "MasterWeights=True"),
        ["per channel"] = (Quantized(Layer.Quantization with { PerChannel = true }), "PerChannel=True", "PerChannel=False"),
        ["no pruning"] = (Layer with { Pruning = null }, "Prune(none)", "Prune(0.5,Gradual)"),
        ["sparsity"] = (Layer with { Pruning = new(0.6) }, "Prune(0.6,Gradual)", "Prune(0.5,Gradual)"),
        ["schedule"] = (Layer with { Pruning = new(0.5, PruningSchedule.OneShot) }, "Prune(0.5,OneShot)", "Prune(0.5,Gradual)"),
        ["no codebook"] = (Layer with { Codebook = null }, "Codebook(none)", "Codebook(8,Int8)"),
        ["clusters"] = (Layer with { Codebook = new(9, Precision.Int8) }, "Codebook(9,Int8)", "Codebook(8,Int8)"),
        ["centroids"] = (Layer with { Codebook = new(8, Precision.Fp16) }, "Codebook(8,Fp16)", "Codebook(8,Int8)"),
        ["input count"] = (Layer with { Inputs = 5 }, "5 inputs", "trained with 6 inputs"),
        ["output count"] = (Layer with { Outputs = 5 }, "5 outputs", "6 inputs and 6 outputs"),
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void NamesTheLayerAndBothSides(string change)
    {
        var (layer, says, trained) = Changed[change];
        var error = Refused(Model(layer));
        Assert.Contains("net.bin", error);
        Assert.Contains($"layer {(change == "path" ? "1/Mid" : layer.Path)}", error);
        Assert.Contains(says, error);
        Assert.Contains(trained, error);
        Assert.Contains("Train Tests.Three again", error);
    }

    [Fact]
    public void NamesTheOtherModel() => Assert.Contains("net.bin belongs to Tests.Three, not to Tests.Four", Refused(Model(Layer) with { Name = "Tests.Four" }));

    [Fact]
    public void CountsLayers()
    {
        var model = Model(Layer);
        Assert.Contains("has 3 layers, but Tests.Three has 2", Refused(model with { Layers = model.Layers[..2] }));
    }

    private static string Refused(ModelDescription model)
    {
        var blob = Artifact.From(TestWeights.Of(Model(Layer), 5, 0.5f)).Blob;
        return Assert.Throws<ArtifactException>(() => Artifact.Decode(blob.Span, model, "net.bin")).Message;
    }

    private static LayerDescription Quantized(QuantizationDescription quantization) => Layer with { Quantization = quantization };

    private static ModelDescription Model(LayerDescription middle) => new()
    {
        Name = "Tests.Three",
        Layers = [TestModels.Dense("0/In", 4, 6), middle, TestModels.Dense("2/Out", 6, 2)],
    };
}
