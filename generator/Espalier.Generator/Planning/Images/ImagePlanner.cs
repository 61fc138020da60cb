using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// Lays out how a network of images runs: which steps in which order, in which strides images stand between them, and where in memory. Layers run in their own
/// order, but a convolution that takes an addition along runs in the addition's place.
/// </summary>
internal sealed class ImagePlanner
{
    private readonly LayerGraph _graph;
    private readonly TensorForms _forms;
    private readonly IReadOnlyList<LayerPlan> _plans;
    private readonly AddFusion _fusion;
    private readonly InnerPlaces _places;
    private readonly List<ImageStep> _steps = new();
    private readonly List<ImageTensor> _tensors = new();
    private readonly int[] _results;

    private ImagePlanner(TensorForms forms, IReadOnlyList<LayerPlan> plans)
    {
        (_graph, _forms, _plans) = (forms.Graph, forms, plans);
        _fusion = AddFusion.Of(forms);
        _places = InnerPlaces.Of(_graph, _fusion, layer => StrideOf(layer) % MapStrides.Vector == 0);
        _results = new int[_graph.Layers.Count + 1];
    }

    /// <param name="forms">The network with the form of every tensor.</param>
    /// <param name="plans">By layer; those of layers without weights are not looked at.</param>
    public static ImagePlan Plan(TensorForms forms, IReadOnlyList<LayerPlan> plans)
    {
        var planner = new ImagePlanner(forms, plans);
        planner.Enter();
        for (var layer = 0; layer < forms.Graph.Layers.Count; layer++)
        {
            planner.Add(layer);
        }

        return ImageMemory.Place(planner._steps, planner._tensors, plans);
    }

    private void Enter()
    {
        var shape = _graph.Layers[0].InputShape;
        if (TakenByDenseAlone(LayerGraph.Input))
        {
            // Channel by channel, as it comes.
            shape = TensorShape.Vector(checked((int)shape.Count));
        }

        var tensor = Tensor(new ImageTensor(shape, _forms[LayerGraph.Input], shape.IsImage ? MapStrides.OfInput(shape) : MapStrides.Tight(shape), LayerGraph.Input));
        _steps.Add(new ImageStep(ImageStepKind.Enter, -1, EquatableArray<int>.Empty, tensor));
        _results[0] = tensor;
    }

    private void Add(int layer)
    {
        var definition = _graph.Layers[layer];
        if (_fusion.AdditionOf(layer) >= 0)
        {
            // It runs where the addition stands.
            return;
        }

        switch (definition.Kind)
        {
            case LayerKinds.Convolution:
                Convolve(layer, layer, -1);
                break;
            case LayerKinds.Dense:
                Dense(layer);
                break;
            case LayerKinds.Addition when _fusion.ConvolutionOf(layer) is >= 0 and var convolution:
                var sources = _graph.SourcesOf(layer);
                Convolve(convolution, layer, sources[0] == convolution ? sources[1] : sources[0]);
                break;
            case LayerKinds.Concatenation:
                Concatenate(layer);
                break;
            default:
                Simple(layer, KindOf(definition));
                break;
        }
    }

    private static ImageStepKind KindOf(LayerDefinition definition) => LayerKinds.Find(definition.Kind) switch
    {
        AddKind => ImageStepKind.Add,
        MaxPoolKind => ImageStepKind.MaxPool,
        AveragePoolKind or GlobalAveragePoolKind => ImageStepKind.AveragePool,
        LocalResponseNormKind => ImageStepKind.ResponseNorm,
        _ => throw new NotSupportedException($"No step runs layers of kind {definition.Kind}."),
    };

    /// <param name="convolution">The convolution.</param>
    /// <param name="result">The layer whose result it writes: itself, or the addition that it takes along.</param>
    /// <param name="added">The layer whose result is added; unused where nothing is.</param>
    private void Convolve(int convolution, int result, int added)
    {
        var definition = _graph.Layers[convolution];
        var channels = definition.InputShape.Channels;
        var input = Encoded(convolution, Natural(_graph.SourcesOf(convolution)[0]));

        // What a model takes in stands as it is read, or is copied with a border; all else in whole vectors.
        if (channels > MapStrides.FewChannels)
        {
            input = WithStride(convolution, input, MapStrides.Between(definition.InputShape));
        }

        var addition = result == convolution ? -1 : result;
        var other = addition < 0 ? -1 : WithStride(convolution, Natural(added), MapStrides.Between(definition.OutputShape), orMore: true);
        var output = Result(result);
        _steps.Add(new ImageStep(ImageStepKind.Convolution, convolution, (addition < 0 ? new[] { input } : new[] { input, other }).ToEquatableArray(), output)
        {
            Addition = addition,
            Added = other,
            Activation = _graph.Layers[result].Activation,
            ScratchBytes = _plans[convolution].Kernels.Select(kernel => ConvolutionScratch.Bytes(definition, kernel)).DefaultIfEmpty(0).Max(),
            ThreadBytes = _plans[convolution].Kernels.Select(kernel => ConvolutionScratch.ThreadBytes(definition, kernel)).DefaultIfEmpty(0).Max(),
        });
    }

    private void Dense(int layer)
    {
        var source = _graph.SourcesOf(layer)[0];
        var input = _results[source + 1];
        if (_tensors[input].Shape.IsImage)
        {
            input = WithStride(layer, input, MapStrides.Tight(_tensors[input].Shape));
        }

        input = Encoded(layer, input);
        var output = Result(layer);
        _tensors[output] = _tensors[output] with { OrderOf = layer };
        var activation = _graph.Layers[layer].Activation;
        _steps.Add(new ImageStep(ImageStepKind.Dense, layer, new[] { input }.ToEquatableArray(), output) { Activation = activation });
        if (_forms[layer] == EdgeForm.Floats && activation is not (ActivationKind.None or ActivationKind.Relu))
        {
            // Softmax adds in the order of the outputs: the same bits as in the simulation.
            Activate(layer, activation == ActivationKind.Softmax ? Natural(layer) : output);
        }
    }

    private void Concatenate(int layer)
    {
        var sources = _graph.SourcesOf(layer);
        var output = Result(layer);
        var shape = _graph.Layers[layer].OutputShape;
        var channel = 0;
        for (var i = 0; i < sources.Count; i++)
        {
            var channels = ShapeOf(sources[i]).Channels;
            if (_places.ConcatenationOf(sources[i]) != layer || _places.ChannelOf(sources[i]) != channel)
            {
                var branch = Tensor(new ImageTensor(shape with { Channels = channels }, _forms[layer], _tensors[output].Stride, layer) { Holder = output, Channel = channel });
                _steps.Add(new ImageStep(ImageStepKind.Copy, layer, new[] { Natural(sources[i]) }.ToEquatableArray(), branch)
                {
                    Cleared = i + 1 == sources.Count ? _tensors[output].Stride - shape.Channels : 0,
                });
            }

            channel += channels;
        }

        ActivateIfAny(layer, output);
    }

    private void Simple(int layer, ImageStepKind kind)
    {
        var inputs = _graph.SourcesOf(layer).Select(Natural).ToArray();
        var output = Result(layer);
        var rectified = kind == ImageStepKind.Add && _graph.Layers[layer].Activation == ActivationKind.Relu;
        _steps.Add(new ImageStep(kind, layer, inputs.ToEquatableArray(), output) { Activation = rectified ? ActivationKind.Relu : ActivationKind.None });
        if (!rectified)
        {
            ActivateIfAny(layer, output);
        }
    }

    private void ActivateIfAny(int layer, int tensor)
    {
        if (_graph.Layers[layer].Activation != ActivationKind.None)
        {
            Activate(layer, tensor);
        }
    }

    private void Activate(int layer, int tensor) =>
        _steps.Add(new ImageStep(ImageStepKind.Activate, layer, new[] { tensor }.ToEquatableArray(), tensor) { Activation = _graph.Layers[layer].Activation });

    /// <summary>The tensor that a layer's result is written to.</summary>
    private int Result(int layer)
    {
        var shape = ShapeOf(layer);
        var tensor = new ImageTensor(shape, _forms[layer], StrideOf(layer), layer);
        if (_places.ConcatenationOf(layer) is >= 0 and var concatenation)
        {
            // The first branch makes room for all.
            var holder = _results[concatenation + 1] != 0 ? _results[concatenation + 1] : Result(concatenation);
            tensor = tensor with { Stride = _tensors[holder].Stride, Holder = holder, Channel = _places.ChannelOf(layer) };
        }

        return _results[layer + 1] = _results[layer + 1] != 0 ? _results[layer + 1] : Tensor(tensor);
    }

    /// <summary>A layer's result, or the model's input, with its numbers in their own order.</summary>
    private int Natural(int source)
    {
        var tensor = _results[source + 1];
        if (_tensors[tensor].OrderOf < 0)
        {
            return tensor;
        }

        var ordered = Tensor(_tensors[tensor] with { OrderOf = -1, Holder = -1 });
        _steps.Add(new ImageStep(ImageStepKind.Unpack, source, new[] { tensor }.ToEquatableArray(), ordered));
        return _results[source + 1] = ordered;
    }

    /// <summary>What an integer layer takes: codes, on its own grid where floats reach it.</summary>
    private int Encoded(int layer, int tensor)
    {
        if (!_forms.Encodes(layer))
        {
            return tensor;
        }

        var codes = Tensor(_tensors[tensor] with { Form = LayerEdges.InputOf(_graph.Layers[layer]), EncodedFor = layer, Holder = -1, Channel = 0 });
        _steps.Add(new ImageStep(ImageStepKind.Encode, layer, new[] { tensor }.ToEquatableArray(), codes));
        return codes;
    }

    private int WithStride(int layer, int tensor, int stride, bool orMore = false)
    {
        if (_tensors[tensor].Stride == stride || (orMore && _tensors[tensor].Stride > stride))
        {
            return tensor;
        }

        var copy = Tensor(_tensors[tensor] with { Stride = stride, Holder = -1, Channel = 0 });
        _steps.Add(new ImageStep(ImageStepKind.Copy, layer, new[] { tensor }.ToEquatableArray(), copy) { Cleared = stride - _tensors[copy].Shape.Channels });
        return copy;
    }

    private int Tensor(ImageTensor tensor)
    {
        _tensors.Add(tensor.Holder < 0 ? tensor with { Holder = _tensors.Count } : tensor);
        return _tensors.Count - 1;
    }

    /// <summary>Numbers between pixels of a layer's result: none where dense layers alone take what a step without weights writes.</summary>
    private int StrideOf(int layer)
    {
        var shape = ShapeOf(layer);
        return shape.IsImage && !_graph.Layers[layer].HasWeights && _fusion.ConvolutionOf(layer) < 0 && TakenByDenseAlone(layer) ? MapStrides.Tight(shape) : MapStrides.Between(shape);
    }

    private bool TakenByDenseAlone(int tensor)
    {
        var consumers = _graph.ConsumersOf(tensor);
        return consumers.Count > 0 && consumers.All(consumer => _graph.Layers[consumer].Kind == LayerKinds.Dense);
    }

    private TensorShape ShapeOf(int layer) => layer < 0 ? _graph.Layers[0].InputShape : _graph.Layers[layer].OutputShape;
}
