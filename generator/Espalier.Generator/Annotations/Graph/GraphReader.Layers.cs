using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Annotations;

/// <summary>The part that places layers.</summary>
internal sealed partial class GraphReader
{
    private Flow PlaceWeighted(AnnotatedClass annotated, string path, Flow entering)
    {
        var placed = Place(path, annotated, entering.Source);
        _layers[placed].Entering = entering;
        if (annotated.Weighted is not { } definition)
        {
            return Flow.Unknown(placed);
        }

        var kind = annotated.Layers[0].Kind;
        if (kind.DemandedShape(definition.Arguments) is { } demanded)
        {
            return PlaceDemanding(kind, definition, demanded, placed, entering);
        }

        var channels = definition.InputShape.Channels;
        var outChannels = definition.OutputShape.Channels;
        if (entering is { IsFlat: true, Shape.IsImage: true })
        {
            Fault(GraphFaultKind.Channels, NameOf(entering.Source), "a vector", _layers[placed].Path, $"{channels} channels");
            return new Flow(placed, null, outChannels);
        }

        if (entering.Channels is { } given && given != channels)
        {
            Fault(GraphFaultKind.Channels, NameOf(entering.Source), $"{given} channels", _layers[placed].Path, $"{channels} channels");
        }

        // What does not fit is said once: the layers after it take what this one would give.
        return entering.Shape is { } shape
            ? Finish(kind, definition, placed, entering.Source, shape with { Channels = channels }) ?? new Flow(placed, null, outChannels)
            : new Flow(placed, null, outChannels);
    }

    /// <summary>A kind that says what it takes gives the same whatever enters.</summary>
    private Flow PlaceDemanding(LayerKind kind, LayerDefinition definition, TensorShape demanded, int placed, Flow entering)
    {
        if (entering.Shape is { } shape && shape.Count != demanded.Count)
        {
            var given = shape.IsImage ? $"{shape.Count} ({shape})" : shape.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Fault(GraphFaultKind.Numbers, NameOf(entering.Source), given, _layers[placed].Path, demanded.Count);
        }

        var fits = entering.Shape is { } image && image.Count == demanded.Count;
        _layers[placed].Definition = fits ? definition with { InputShape = entering.Shape!.Value } : definition;
        return Flow.Of(placed, kind.OutputShape(definition.Arguments, [demanded]) ?? definition.OutputShape);
    }

    private Flow PlaceStep(AnnotatedClass annotated, LayerAttribute step, string path, Flow entering)
    {
        var placed = Place(path, annotated, entering.Source);
        if (step.Kind.ReadArguments(step.Attribute) is not { } arguments)
        {
            return Flow.Unknown(placed);
        }

        if (entering is { IsFlat: true, Shape.IsImage: true })
        {
            Fault(GraphFaultKind.Channels, NameOf(entering.Source), "a vector", path, "an image");
            return Flow.Unknown(placed);
        }

        var definition = Weightless(step.Kind, arguments) with { Numbers = step.Kind.ReadNumbers(step.Attribute) };
        return entering.Shape is { } shape
            ? Finish(step.Kind, definition, placed, entering.Source, shape) ?? new Flow(placed, null, entering.Channels)
            : step.Kind is GlobalAveragePoolKind && entering.Channels is { } channels ? Flow.Of(placed, TensorShape.Vector(channels))
            : new Flow(placed, null, entering.Channels);
    }

    /// <summary>A sum or a concatenation, with the composition's activation.</summary>
    private Flow PlaceJoin(LayerKind kind, AnnotatedClass annotated, string path, IReadOnlyList<Flow> branches)
    {
        var placed = Place(Join(path, kind.Name), annotated, [.. branches.Select(branch => branch.Source)]);
        if (branches.All(branch => branch.Shape is not null)
            && kind.OutputShape(EquatableArray<int>.Empty, [.. branches.Select(branch => branch.Shape!.Value)]) is { } shape
            && shape.Count <= MostNumbers)
        {
            _layers[placed].Definition = Shaped(Weightless(kind, EquatableArray<int>.Empty) with { Activation = annotated.Activation }, branches[0].Shape!.Value, shape);
            return Flow.Of(placed, shape) with { IsFlat = branches[0].IsFlat };
        }

        var channels = branches.Select(branch => branch.Channels).ToArray();
        return channels.Any(count => count is null) ? Flow.Unknown(placed)
            : new Flow(placed, null, kind is ConcatKind ? channels.Sum() : channels[0]);
    }

    /// <summary>Lets a shape through a layer; null, with a fault, where its window is larger than the image.</summary>
    private Flow? Finish(LayerKind kind, LayerDefinition definition, int placed, int source, TensorShape shape)
    {
        if (kind.OutputShape(definition.Arguments, [shape]) is not { } result)
        {
            // Strides below 1 have a rule of their own.
            if (shape is { Height: > 0, Width: > 0 } && WindowOf(kind, definition.Arguments) is { StrideHeight: > 0, StrideWidth: > 0 } window)
            {
                Fault(
                    GraphFaultKind.Window, _layers[placed].Path, $"{window.ReachHeight}×{window.ReachWidth}", $"{shape.Channels}×{shape.Height}×{shape.Width}", NameOf(source),
                    $"{shape.Height + (2L * window.PaddingHeight)}×{shape.Width + (2L * window.PaddingWidth)}");
            }

            return null;
        }

        if (Math.Max(shape.Count, result.Count) > MostNumbers)
        {
            Fault(GraphFaultKind.TooLarge, _layers[placed].Path, Math.Max(shape.Count, result.Count), MostNumbers);
            return null;
        }

        _layers[placed].Definition = Shaped(definition, shape, result);
        return Flow.Of(placed, result);
    }

    private static WindowGeometry? WindowOf(LayerKind kind, EquatableArray<int> arguments) =>
        kind is Conv2DKind ? Conv2DKind.Window(arguments) : kind is PoolKind ? PoolKind.Window(arguments) : null;

    private static LayerDefinition Shaped(LayerDefinition definition, TensorShape entering, TensorShape leaving) =>
        definition with { Inputs = (int)entering.Count, Outputs = (int)leaving.Count, InputShape = entering, OutputShape = leaving };

    private static LayerDefinition Weightless(LayerKind kind, EquatableArray<int> arguments) =>
        new(kind.Name, arguments, 0, 0, false, ActivationKind.None, QuantizeDefinition.Fp32, null, null);

    /// <summary>Dropout acts on what the layer before gives: training sets a share of that to 0.</summary>
    private void Drop(double rate, AnnotatedClass annotated, Flow flow)
    {
        if (annotated.Dropout is null || (annotated.HasWeights && annotated.Steps.Count == 0))
        {
            // None, or on the class's own layer, whose definition has it.
            return;
        }

        if (flow.Source < 0 && !flow.IsShared && !_isModel)
        {
            // What comes before a block is said by its model.
            return;
        }

        if (flow.Source < 0 || flow.IsShared)
        {
            Fault(GraphFaultKind.Dropout, annotated.Symbol.Name, flow.IsShared ? "what other branches take too" : "what enters the model");
        }
        else if (_layers[flow.Source].Definition is { } definition)
        {
            // Two in a row keep what both keep.
            _layers[flow.Source].Definition = definition with { Dropout = definition.Dropout.Equals(0.0) ? rate : 1 - ((1 - definition.Dropout) * (1 - rate)) };
        }
    }

    private int Place(string path, AnnotatedClass annotated, params int[] sources)
    {
        if (_layers.Count == MostLayers)
        {
            Fault(GraphFaultKind.TooMany, MostLayers);
        }

        _layers.Add(new PlacedLayer(path, annotated, new EquatableArray<int>(sources), _spot.TopPlace));
        return _layers.Count - 1;
    }
}
