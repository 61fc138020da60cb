using Espalier.Tests.Harness;

namespace Espalier.Integration.Tests.Images;

/// <summary>A random network of images: blocks of every kind in any order, odd shapes among them.</summary>
internal sealed class RandomGraph
{
    private readonly Random _random;
    private readonly Func<Precision> _precision;
    private readonly bool _floats;
    private readonly GraphModels _graph;

    private RandomGraph(int seed, Func<Random, Precision> precision, bool floats)
    {
        _random = new Random(seed);
        _floats = floats;
        _precision = () => precision(_random);
        _graph = new GraphModels(new ImageShape(Of(1, 2, 3, 3, 5, 17), Of(1, 6, 9, 14), Of(5, 8, 13)));
    }

    /// <param name="name">The model's name, with a namespace.</param>
    /// <param name="seed">Equal seeds give equal networks.</param>
    /// <param name="precision">The precision of each layer with weights.</param>
    /// <param name="floats">Whether steps that compute in floats alone may take part.</param>
    public static ModelDescription Of(string name, int seed, Func<Random, Precision> precision, bool floats)
    {
        var random = new RandomGraph(seed, precision, floats);
        random.Build();
        return random._graph.Model(name);
    }

    private void Build()
    {
        Conv(Of(4, 16, 20, 33), _graph.Last);
        for (var blocks = _random.Next(2, 6); blocks > 0; blocks--)
        {
            switch (_random.Next(_floats ? 8 : 7))
            {
                case 0: Pool(); break;
                case 1: Residual(projected: false); break;
                case 2: Residual(projected: true); break;
                case 3: Concat(); break;
                case 4: Grouped(); break;
                case 5 or 6: Conv(Of(3, 8, 16, 24, 40), _graph.Last); break;
                default: _graph.ResponseNorm(Of(1, 4, 5)); break;
            }
        }

        End();
    }

    private void End()
    {
        switch (_random.Next(4))
        {
            case 0:
                _graph.GlobalAverage();
                _graph.Dense(Of(1, 7, 40), precision: _precision(), activation: Activation.Softmax);
                break;
            case 1:
                _graph.Dense(Of(9, 33), precision: _precision(), activation: Activation.Relu);
                _graph.Dense(4, precision: _precision());
                break;
            case 2:
                Conv(Of(1, 10), _graph.Last);
                _graph.GlobalAverage();
                break;
            default:
                Conv(Of(2, 18), _graph.Last);
                break;
        }
    }

    private int Conv(int channels, int source, Activation? activation = null)
    {
        var shape = _graph.ShapeOf(source);
        var kernel = Math.Min(Of(1, 1, 2, 3, 3, 5), Math.Min(shape.Height, shape.Width));
        return _graph.Conv(channels, kernel, Of(1, 1, 2, 3), _random.Next((kernel / 2) + 1), sources: [source], precision: _precision(), activation: activation ?? Any());
    }

    private void Grouped()
    {
        var channels = _graph.ShapeOf(_graph.Last).Channels;
        if (_random.Next(2) == 0)
        {
            // A window for each channel, or some.
            _graph.Conv(channels * Of(1, 1, 2), Of(1, 2, 3, 3, 4, 5), Of(1, 1, 2, 3), padding: 2, groups: channels, precision: _precision(), activation: Any());
            return;
        }

        var groups = Enumerable.Range(1, channels).Where(count => channels % count == 0).ToArray();
        _graph.Conv(channels, 1 + (2 * _random.Next(2)), padding: 1, groups: groups[_random.Next(groups.Length)], precision: _precision(), activation: Any());
    }

    private void Pool()
    {
        var shape = _graph.ShapeOf(_graph.Last);
        var window = Math.Min(Of(2, 3), Math.Min(shape.Height, shape.Width));
        var padding = _random.Next((window / 2) + 1);
        if (_random.Next(2) == 0)
        {
            _graph.MaxPool(window, Of(1, 2), padding, _random.Next(2) == 0);
        }
        else
        {
            _graph.AveragePool(window, Of(1, 2), padding, _random.Next(2) == 0, _random.Next(2) == 0);
        }
    }

    private void Residual(bool projected)
    {
        var entry = _graph.Last;
        var channels = projected ? Of(5, 16, 30) : _graph.ShapeOf(entry).Channels;
        _graph.Conv(Of(4, 16), 1, sources: [entry], precision: _precision(), activation: Activation.Relu);
        var body = _graph.Conv(channels, 3, padding: 1, precision: _precision(), activation: _random.Next(4) == 0 ? Activation.Relu : Activation.None);
        var other = projected ? _graph.Conv(channels, 1, sources: [entry], precision: _precision()) : entry;
        _graph.Sum(body, other, _random.Next(2) == 0 ? Activation.Relu : Activation.None);
    }

    private void Concat()
    {
        var entry = _graph.Last;
        var branches = Enumerable.Range(0, _random.Next(2, 4)).Select(_ => _random.Next(4) switch
        {
            0 => entry,
            1 => _graph.MaxPool(3, 1, 1, sources: [entry]),
            2 => _graph.Conv(Of(16, 32), 3, padding: 1, sources: [entry], precision: _precision(), activation: Activation.Relu),
            _ => _graph.Conv(Of(7, 16), 1, sources: [entry], precision: _precision(), activation: Any()),
        }).ToArray();
        _graph.Concat(branches);
    }

    private Activation Any() => Of(Activation.None, Activation.Relu, Activation.Relu, Activation.Tanh, Activation.Sigmoid);

    private T Of<T>(params T[] values) => values[_random.Next(values.Length)];
}
