namespace Espalier.Tests.Harness;

/// <summary>Small networks of images, written layer by layer; shapes follow from the kinds.</summary>
internal sealed class GraphModels(ImageShape input)
{
    private readonly List<LayerDescription> _layers = [];

    /// <summary>The shape of the last layer's result, or of a layer's.</summary>
    public ImageShape ShapeOf(int layer) => layer < 0 ? input : _layers[layer].OutputShape;

    /// <summary>The place of the last layer.</summary>
    public int Last => _layers.Count - 1;

    public ModelDescription Model(string name = "Tests.Graph") => new() { Name = name, Layers = [.. _layers] };

    /// <summary>Adds a layer and gives its place.</summary>
    public int Add(string kind, int[] arguments, int[]? sources = null, Func<LayerDescription, LayerDescription>? with = null, float[]? numbers = null)
    {
        var from = sources is { Length: > 0 } ? sources : [Last];
        var shapes = from.Select(source => ShapeOf(source).ToPlanning()).ToArray();
        var found = Planning.LayerKinds.Find(kind)!;
        var output = found.OutputShape(Planning.EquatableArray.ToEquatableArray(arguments), shapes) ?? throw new ArgumentException($"{kind}({string.Join(",", arguments)}) does not fit {string.Join(", ", shapes)}.");
        var layer = new LayerDescription
        {
            Path = $"{_layers.Count}/{kind}",
            Kind = kind,
            Arguments = [.. arguments],
            Inputs = ShapeOf(from[0]).Count,
            Outputs = output.ToDescription().Count,
            Bias = found.HasWeights,
            Sources = sources is null ? [] : [.. sources],
            InputShape = ShapeOf(from[0]),
            OutputShape = output.ToDescription(),
            Numbers = [.. numbers ?? []],
        };
        _layers.Add(with?.Invoke(layer) ?? layer);
        return Last;
    }

    public int Conv(int channels, int kernel, int stride = 1, int padding = 0, int groups = 1, int dilation = 1, int[]? sources = null, Precision precision = Precision.Fp32, Activation activation = Activation.None) =>
        Add("Conv2D", [ShapeOf(sources?[0] ?? Last).Channels, channels, kernel, kernel, stride, stride, padding, padding, dilation, dilation, groups], sources, layer => Weighted(layer, precision, activation));

    public int Dense(int outputs, int[]? sources = null, Precision precision = Precision.Fp32, Activation activation = Activation.None) =>
        Add("Dense", [ShapeOf(sources?[0] ?? Last).Count, outputs], sources, layer => Weighted(layer, precision, activation));

    public int MaxPool(int window, int? stride = null, int padding = 0, bool ceiling = false, int[]? sources = null) =>
        Add("MaxPool", [window, window, stride ?? window, stride ?? window, padding, padding, ceiling ? 1 : 0], sources);

    public int AveragePool(int window, int? stride = null, int padding = 0, bool ceiling = false, bool countPadding = true, int[]? sources = null) =>
        Add("AveragePool", [window, window, stride ?? window, stride ?? window, padding, padding, ceiling ? 1 : 0, countPadding ? 1 : 0], sources);

    public int GlobalAverage(int[]? sources = null) => Add("GlobalAveragePool", [], sources);

    public int ResponseNorm(int size, float alpha = 1e-2f, float beta = 0.75f, float k = 1, int[]? sources = null) => Add("LocalResponseNorm", [size], sources, numbers: [alpha, beta, k]);

    public int Sum(int one, int other, Activation activation = Activation.None) => Add("Add", [], [one, other], layer => layer with { Activation = activation });

    public int Concat(params int[] sources) => Add("Concat", [], sources);

    private static LayerDescription Weighted(LayerDescription layer, Precision precision, Activation activation) => layer with
    {
        Activation = activation,
        Quantization = precision == Precision.Fp32 ? QuantizationDescription.Fp32 : new QuantizationDescription { Weights = precision == Precision.Int16 ? Precision.Int8 : precision, Inputs = precision == Precision.Int16 ? Precision.Int16 : precision == Precision.Int4 ? Precision.Int4 : Precision.Int8 },
    };
}
