namespace Espalier.Tests.Artifacts.Golden;

/// <summary>The graphs of the golden files, spelled out like <see cref="GoldenModels"/>.</summary>
internal static class GoldenGraphs
{
    /// <summary>Every kind that there is, in floats.</summary>
    public static ModelDescription Everything(QuantizationDescription quantization) => Model(CodingGoal.FastStart, [
        Conv("0/Stem", new(2, 9, 8), 4, 3, 2, 1, 2, quantization) with { Activation = Activation.Relu, Sources = [] },
        Pool("0/Stem/MaxPool", "MaxPool", [2, 2, 1, 1, 0, 0, 1], new(4, 5, 4), new(4, 4, 3)),
        Bare("1/Norm", "LocalResponseNorm", [3], new(4, 4, 3)) with { Numbers = [1e-4f, 0.75f, 2] },
        Pool("2/Mean", "AveragePool", [3, 3, 1, 1, 1, 1, 0, 1], new(4, 4, 3), new(4, 4, 3)),
        Conv("3/Block/0/One", new(4, 4, 3), 4, 1, 1, 0, 1, quantization) with { BatchNorm = new(1e-3, 0.2), Dropout = 0.25 },
        Bare("3/Block/Add", "Add", [], new(4, 4, 3)) with { Sources = [4, 3], Activation = Activation.Relu },
        Conv("4/Fire/One", new(4, 4, 3), 2, 1, 1, 0, 1, quantization) with { Bias = false },
        Conv("4/Fire/Three", new(4, 4, 3), 3, 3, 1, 1, 1, quantization) with { Sources = [5], BatchNorm = new() },
        Bare("4/Fire/Concat", "Concat", [], new(2, 4, 3)) with { Sources = [6, 7], OutputShape = new(5, 4, 3), Outputs = 60 },
        Pool("5/Mean", "GlobalAveragePool", [], new(5, 4, 3), ImageShape.Vector(5)),
        Dense("6/Out", ImageShape.Vector(5), 3, quantization) with { Activation = Activation.Softmax, Dropout = 1 / 3.0 }]);

    /// <summary>A residual block with a projection, whose sum has a grid of its own.</summary>
    public static ModelDescription Residual(QuantizationDescription quantization) => Model(CodingGoal.FastStart, [
        Conv("0/Stem", new(1, 6, 6), 3, 3, 1, 1, 1, quantization) with { Activation = Activation.Relu },
        Conv("1/Block/0/One", new(3, 6, 6), 4, 3, 2, 1, 1, quantization) with { Activation = Activation.Relu },
        Conv("1/Block/1/Two", new(4, 3, 3), 4, 3, 1, 1, 1, quantization),
        Conv("1/Block/Projection/Narrow", new(3, 6, 6), 4, 1, 2, 0, 1, quantization) with { Sources = [0] },
        Bare("1/Block/Add", "Add", [], new(4, 3, 3)) with { Sources = [2, 3], Activation = Activation.Relu },
        Dense("2/Out", new(4, 3, 3), 3, quantization)]);

    /// <summary>As LeNet-5 is built, and large enough for adaptive coding to pay.</summary>
    public static ModelDescription Small(QuantizationDescription quantization, PruningDescription pruning, CodebookDescription codebook)
    {
        LayerDescription With(LayerDescription layer) => layer with { Pruning = pruning, Codebook = codebook };
        return Model(CodingGoal.Smallest, [
            With(Conv("0/Conv1", new(1, 14, 14), 6, 5, 1, 0, 1, quantization)) with { Activation = Activation.Relu },
            Pool("0/Conv1/MaxPool", "MaxPool", [2, 2, 2, 2, 0, 0, 0], new(6, 10, 10), new(6, 5, 5)),
            With(Conv("1/Conv2", new(6, 5, 5), 12, 3, 1, 0, 1, quantization)) with { Activation = Activation.Relu },
            With(Dense("2/Hidden", new(12, 3, 3), 30, quantization)) with { Activation = Activation.Relu },
            With(Dense("3/Out", ImageShape.Vector(30), 10, quantization))]);
    }

    public static ModelDescription Dropout() => Model(CodingGoal.FastStart, [
        Dense("0/Hidden", ImageShape.Vector(9), 6, QuantizationDescription.Fp32) with { Dropout = 0.5, BatchNorm = new(), Activation = Activation.Tanh },
        Dense("1/Out", ImageShape.Vector(6), 3, QuantizationDescription.Fp32)]);

    private static ModelDescription Model(CodingGoal coding, LayerDescription[] layers) => new() { Name = "Golden.Graph", Coding = coding, Layers = [.. layers] };

    private static LayerDescription Dense(string path, ImageShape input, int outputs, QuantizationDescription quantization) =>
        Bare(path, "Dense", [input.Count, outputs], input) with { Bias = true, OutputShape = ImageShape.Vector(outputs), Outputs = outputs, Quantization = quantization };

    private static LayerDescription Conv(string path, ImageShape input, int channels, int kernel, int stride, int padding, int groups, QuantizationDescription quantization)
    {
        var output = new ImageShape(channels, ((input.Height + (2 * padding) - kernel) / stride) + 1, ((input.Width + (2 * padding) - kernel) / stride) + 1);
        return Pool(path, "Conv2D", [input.Channels, channels, kernel, kernel, stride, stride, padding, padding, 1, 1, groups], input, output) with { Bias = true, Quantization = quantization };
    }

    private static LayerDescription Pool(string path, string kind, int[] arguments, ImageShape input, ImageShape output) =>
        Bare(path, kind, arguments, input) with { OutputShape = output, Outputs = output.Count };

    private static LayerDescription Bare(string path, string kind, int[] arguments, ImageShape shape) => new()
    {
        Path = path,
        Kind = kind,
        Arguments = [.. arguments],
        Inputs = shape.Count,
        Outputs = shape.Count,
        Bias = false,
        InputShape = shape,
        OutputShape = shape,
    };
}
