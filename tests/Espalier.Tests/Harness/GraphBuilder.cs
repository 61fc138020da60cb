using Espalier.Planning;

namespace Espalier.Tests.Harness;

/// <summary>Builds descriptions of image networks layer by layer; each takes from the one before unless told otherwise.</summary>
internal sealed class GraphBuilder(int channels, int height, int width)
{
    private readonly List<LayerDescription> _layers = [];

    /// <summary>The place of the last layer; −1 is the input.</summary>
    public int Last => _layers.Count - 1;

    public ModelDescription Model => new() { Name = "Tests.Graph", Layers = [.. _layers] };

    public GraphBuilder Conv(int outputs, int kernel, int stride = 1, int padding = 0, int groups = 1, Activation activation = Activation.None, int? from = null, Func<LayerDescription, LayerDescription>? with = null) =>
        Conv(outputs, [kernel, kernel, stride, stride, padding, padding, 1, 1], groups, activation, from, with);

    /// <summary>Height and width of kernel, stride, padding and dilation.</summary>
    public GraphBuilder Conv(int outputs, int[] window, int groups = 1, Activation activation = Activation.None, int? from = null, Func<LayerDescription, LayerDescription>? with = null)
    {
        var shape = ShapeOf(from ?? Last);
        return Add("Conv2D", [shape.Channels, outputs, .. window, groups], from is { } source ? [source] : [], layer => (with ?? (l => l))(layer with { Activation = activation }));
    }

    public GraphBuilder Dense(int outputs, Activation activation = Activation.None, Func<LayerDescription, LayerDescription>? with = null) =>
        Add("Dense", [ShapeOf(Last).Count, outputs], [], layer => (with ?? (l => l))(layer with { Activation = activation }));

    public GraphBuilder Pool(string kind, int[] arguments, double dropout = 0, int? from = null) => Add(kind, arguments, from is { } source ? [source] : [], layer => layer with { Dropout = dropout });

    public GraphBuilder MaxPool(int window, int stride, int padding = 0, bool ceiling = false, double dropout = 0) => Pool("MaxPool", [window, window, stride, stride, padding, padding, ceiling ? 1 : 0], dropout);

    public GraphBuilder ResponseNorm(int size, float alpha, float beta, float k) => Add("LocalResponseNorm", [size], [], layer => layer with { Numbers = [alpha, beta, k] });

    public GraphBuilder Join(string kind, int[] sources, Activation activation = Activation.None) => Add(kind, [], sources, layer => layer with { Activation = activation });

    public GraphBuilder Add(string kind, int[] arguments, int[] sources, Func<LayerDescription, LayerDescription>? with = null)
    {
        var inputs = (sources.Length == 0 ? [Last] : sources).Select(ShapeOf).ToArray();
        var shape = LayerKinds.Find(kind)!.OutputShape(new EquatableArray<int>([.. arguments]), [.. inputs.Select(PlanningFacts.ToPlanning)])
            ?? throw new ArgumentException($"a {kind} of {string.Join(", ", arguments)} does not fit {string.Join(", ", inputs)}");
        var layer = new LayerDescription
        {
            Path = $"{_layers.Count}/{kind}",
            Kind = kind,
            Arguments = [.. arguments],
            Sources = [.. sources],
            Inputs = inputs[0].Count,
            Outputs = (int)shape.Count,
            InputShape = inputs[0],
            OutputShape = shape.ToDescription(),
        };
        _layers.Add((with ?? (l => l))(layer));
        return this;
    }

    private ImageShape ShapeOf(int place) => place < 0 ? new ImageShape(channels, height, width) : _layers[place].OutputShape;
}
