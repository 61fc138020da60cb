namespace Espalier.Tests.Artifacts.Golden;

/// <summary>The models of the golden files, by folder and file name. Spelled out here, so that no change of other tests' models can break a file.</summary>
internal static class GoldenModels
{
    public static IReadOnlyDictionary<string, ModelDescription> All { get; } = new Dictionary<string, ModelDescription>
    {
        // Format version 1: what has no adaptive coding is written like this for ever.
        ["v1/float-dense"] = Model(Activation.Relu, Precision.Fp32, Precision.Fp32),
        ["v1/fp16"] = Model(Activation.Tanh, Precision.Fp16, Precision.Fp32),
        ["v1/bf16"] = Model(Activation.Relu, Precision.Bf16, Precision.Fp32),
        ["v1/int16"] = Model(Activation.Sigmoid, Precision.Int16, Precision.Fp32),
        ["v1/int8-per-channel"] = Model(Activation.Relu, Precision.Int8, Precision.Int8),
        ["v1/int8-pruned-codebook"] = Model(Activation.Relu, Precision.Int8, Precision.Int8, new PruningDescription(0.75), new CodebookDescription(8, Precision.Int8), perChannel: false),
        ["v1/fp32-codebook"] = Model(Activation.Relu, Precision.Fp32, Precision.Fp32, new PruningDescription(0.5, PruningSchedule.OneShot), new CodebookDescription(16, Precision.Fp16)),
        ["v1/int4"] = Model(Activation.Relu, Precision.Int4, Precision.Int4),
        ["v1/ternary"] = Model(Activation.None, Precision.Ternary, Precision.Int8),
        ["v1/binary"] = Model(Activation.Relu, Precision.Binary, Precision.Int8, perChannel: false),
        ["v1/sigmoid-table"] = Model(Activation.Sigmoid, Precision.Int8, Precision.Int8),
        ["v1/fourteen-bits"] = Model(Activation.Relu, Precision.Int8, Precision.Int16),
        ["v1/no-bias"] = Model(Activation.Tanh, Precision.Int8, Precision.Int8, bias: false),

        // Version 2: adaptive coding, in layers large enough for it to pay.
        ["v2/int8-pruned-codebook"] = Adaptive(Precision.Int8, Precision.Int8, new PruningDescription(0.9), new CodebookDescription(8, Precision.Int8)),
        ["v2/int8-pruned"] = Adaptive(Precision.Int8, Precision.Int8, new PruningDescription(0.8)),
        ["v2/fp32-codebook"] = Adaptive(Precision.Fp32, Precision.Fp32, new PruningDescription(0.9), new CodebookDescription(16, Precision.Fp16)),
        ["v2/fp16-pruned"] = Adaptive(Precision.Fp16, Precision.Fp32, new PruningDescription(0.95)),
        ["v2/ternary-pruned"] = Adaptive(Precision.Ternary, Precision.Int8, new PruningDescription(0.9)),

        // Version 3: biases on a grid, coded adaptively.
        ["v3/int8-pruned-codebook"] = Adaptive(Precision.Int8, Precision.Int8, new PruningDescription(0.9), new CodebookDescription(4, Precision.Int8)),
        ["v3/fp16-pruned"] = Adaptive(Precision.Fp16, Precision.Fp32, new PruningDescription(0.95)),

        // Version 4: pruning in groups, with every other part that a blob can have.
        ["v4/int8-grouped"] = Model(Activation.Relu, Precision.Int8, Precision.Int8, new PruningDescription(0.5) { GroupSize = 3 }, perChannel: false) with { Coding = CodingGoal.FastStart },
        ["v4/fp32-grouped-codebook"] = Adaptive(Precision.Fp32, Precision.Fp32, new PruningDescription(0.8, PruningSchedule.OneShot) { GroupSize = 10 }, new CodebookDescription(16, Precision.Fp16)),
        ["v4/ternary-grouped"] = Adaptive(Precision.Ternary, Precision.Int8, new PruningDescription(0.9) { GroupSize = 10 }),

        // Version 5: graphs, images, layers without weights, and what only training needs.
        ["v5/float-everything"] = GoldenGraphs.Everything(QuantizationDescription.Fp32),
        ["v5/int8-residual"] = GoldenGraphs.Residual(Int8),
        ["v5/int8-pruned-codebook"] = GoldenGraphs.Small(Int8 with { PerChannel = false }, new PruningDescription(0.8), new CodebookDescription(8, Precision.Int8)),
        ["v5/dense-dropout"] = GoldenGraphs.Dropout(),
    };

    private static QuantizationDescription Int8 => new() { Weights = Precision.Int8, Inputs = Precision.Int8 };

    private static ModelDescription Adaptive(Precision weights, Precision inputs, PruningDescription pruning, CodebookDescription? codebook = null) =>
        Model(Activation.Relu, weights, inputs, pruning, codebook, perChannel: false, hidden: 30, from: 40) with { Coding = CodingGoal.Smallest };

    private static ModelDescription Model(
        Activation activation, Precision weights, Precision inputs, PruningDescription? pruning = null, CodebookDescription? codebook = null, bool perChannel = true, bool bias = true,
        int hidden = 12, int from = 9)
    {
        LayerDescription Layer(string path, int inputCount, int outputCount, Activation last) => new()
        {
            Path = path,
            Kind = "Dense",
            Arguments = [inputCount, outputCount],
            Inputs = inputCount,
            Outputs = outputCount,
            Bias = bias,
            Activation = last,
            Quantization = new QuantizationDescription { Weights = weights, Inputs = inputs, PerChannel = perChannel },
            Pruning = pruning,
            Codebook = codebook,
        };
        return new()
        {
            Name = "Golden.Net",
            Coding = CodingGoal.FastStart,
            Layers = [Layer("0/Hidden", from, hidden, activation), Layer("1/Out", hidden, 3, Activation.Softmax)],
        };
    }
}
