namespace Espalier.Tests.Artifacts.Golden;

/// <summary>The models of the golden files, by file name. Spelled out here, so that no change of other tests' models can break a file.</summary>
internal static class GoldenModels
{
    public static IReadOnlyDictionary<string, ModelDescription> All { get; } = new Dictionary<string, ModelDescription>
    {
        ["float-dense"] = Model(Activation.Relu, Precision.Fp32, Precision.Fp32),
        ["fp16"] = Model(Activation.Tanh, Precision.Fp16, Precision.Fp32),
        ["bf16"] = Model(Activation.Relu, Precision.Bf16, Precision.Fp32),
        ["int16"] = Model(Activation.Sigmoid, Precision.Int16, Precision.Fp32),
        ["int8-per-channel"] = Model(Activation.Relu, Precision.Int8, Precision.Int8),
        ["int8-pruned-codebook"] = Model(Activation.Relu, Precision.Int8, Precision.Int8, new PruningDescription(0.75), new CodebookDescription(8, Precision.Int8), perChannel: false),
        ["fp32-codebook"] = Model(Activation.Relu, Precision.Fp32, Precision.Fp32, new PruningDescription(0.5, PruningSchedule.OneShot), new CodebookDescription(16, Precision.Fp16)),
        ["int4"] = Model(Activation.Relu, Precision.Int4, Precision.Int4),
        ["ternary"] = Model(Activation.None, Precision.Ternary, Precision.Int8),
        ["binary"] = Model(Activation.Relu, Precision.Binary, Precision.Int8, perChannel: false),
        ["sigmoid-table"] = Model(Activation.Sigmoid, Precision.Int8, Precision.Int8),
        ["fourteen-bits"] = Model(Activation.Relu, Precision.Int8, Precision.Int16),
        ["no-bias"] = Model(Activation.Tanh, Precision.Int8, Precision.Int8, bias: false),
    };

    private static ModelDescription Model(
        Activation hidden, Precision weights, Precision inputs, PruningDescription? pruning = null, CodebookDescription? codebook = null, bool perChannel = true, bool bias = true)
    {
        LayerDescription Layer(string path, int from, int to, Activation activation) => new()
        {
            Path = path,
            Kind = "Dense",
            Arguments = [from, to],
            Inputs = from,
            Outputs = to,
            Bias = bias,
            Activation = activation,
            Quantization = new QuantizationDescription { Weights = weights, Inputs = inputs, PerChannel = perChannel },
            Pruning = pruning,
            Codebook = codebook,
        };
        return new() { Name = "Golden.Net", Layers = [Layer("0/Hidden", 9, 12, hidden), Layer("1/Out", 12, 3, Activation.Softmax)] };
    }
}
