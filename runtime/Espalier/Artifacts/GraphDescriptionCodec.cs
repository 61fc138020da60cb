using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Espalier.Coding;
using Espalier.Planning;

namespace Espalier;

/// <summary>
/// The descriptions of a graph's layers, version 5: only what does not follow from the layers before. A network of some kilobytes would
/// otherwise spend a tenth of them on saying what it is.
/// </summary>
internal sealed class GraphDescriptionCodec
{
    private const int MostNumbers = 16;

    /// <summary>Kinds by their number; 0 says that a text follows. Never reordered.</summary>
    private static readonly string?[] s_kinds = [null, "Dense", "Conv2D", "MaxPool", "AveragePool", "GlobalAveragePool", "LocalResponseNorm", "Add", "Concat"];

    private readonly List<LayerDescription> _before = [];

    /// <summary>Whether a model needs this form: whatever is more than a chain of dense layers.</summary>
    public static bool IsNeeded(ModelDescription model) => model.Layers.Where((layer, place) =>
        layer.Kind != LayerKinds.Dense || model.SourcesOf(place) is not [var source] || source != place - 1 || layer.Sources.Length != 0
        || layer.InputShape != ImageShape.Vector(layer.Inputs) || layer.OutputShape != ImageShape.Vector(layer.Outputs)
        || layer.Numbers.Length != 0 || layer.BatchNorm is not null || layer.Dropout != 0).Any();

    public void Write(BitWriter writer, LayerDescription layer)
    {
        var path = Shared(layer.Path);
        SmallNumbers.Write(writer, path);
        SmallNumbers.Text(writer, layer.Path[path..]);
        var kind = Math.Max(0, Array.IndexOf(s_kinds, layer.Kind));
        SmallNumbers.Write(writer, kind);
        if (kind == 0)
        {
            SmallNumbers.Text(writer, layer.Kind);
        }

        SmallNumbers.Write(writer, layer.Arguments.Length);
        foreach (var argument in layer.Arguments)
        {
            SmallNumbers.Write(writer, argument);
        }

        writer.Bits(layer.Bias ? 1u : 0, 1);
        writer.Bits((uint)layer.Activation, 3);
        WriteGraph(writer, layer);
        DescriptionParts.Write(writer, layer.Quantization, _before.LastOrDefault()?.Quantization);
        DescriptionParts.Write(writer, layer.Pruning);
        DescriptionParts.Write(writer, layer.Codebook);
        DescriptionParts.Write(writer, layer.BatchNorm);
        DescriptionParts.Share(writer, layer.Dropout);
        SmallNumbers.Write(writer, layer.Numbers.Length);
        foreach (var number in layer.Numbers)
        {
            writer.Single(number);
        }

        writer.Align();
        _before.Add(layer);
    }

    public LayerDescription Read(BitReader reader)
    {
        var shared = SmallNumbers.Read(reader);
        var before = _before.LastOrDefault()?.Path ?? "";
        var path = shared <= before.Length ? before[..shared] + SmallNumbers.Text(reader) : throw new MalformedBlobException("a path goes on from more than there is");
        if (path.Length > SmallNumbers.MostTextBytes)
        {
            throw new MalformedBlobException($"a path has {path.Length} letters");
        }

        var number = SmallNumbers.Read(reader);
        var kind = number >= s_kinds.Length ? throw new MalformedBlobException($"a layer is of kind {number}, which this library does not know") : s_kinds[number] ?? SmallNumbers.Text(reader);
        var arguments = Numbers(reader, "arguments");
        var bias = reader.Bits(1) == 1;
        var activation = (Activation)reader.Bits(3);
        var (sources, input, output, inputs, outputs) = ReadGraph(reader, kind, arguments);
        var layer = new LayerDescription
        {
            Path = path,
            Kind = kind,
            Arguments = arguments,
            Inputs = inputs,
            Outputs = outputs,
            Bias = bias,
            Activation = activation,
            Sources = sources,
            InputShape = input,
            OutputShape = output,
            Quantization = DescriptionParts.ReadQuantization(reader, _before.LastOrDefault()?.Quantization),
            Pruning = DescriptionParts.ReadPruning(reader),
            Codebook = DescriptionParts.ReadCodebook(reader),
            BatchNorm = DescriptionParts.ReadBatchNorm(reader),
            Dropout = DescriptionParts.ReadShare(reader),
            Numbers = Singles(reader),
        };
        reader.Align();
        _before.Add(layer);
        return layer;
    }

    /// <summary>Letters that a path has in common with that of the layer before.</summary>
    private int Shared(string path)
    {
        var before = _before.LastOrDefault()?.Path ?? "";
        var length = 0;
        while (length < Math.Min(before.Length, path.Length) && before[length] == path[length] && !char.IsSurrogate(path[length]))
        {
            length++;
        }

        return length;
    }

    private void WriteGraph(BitWriter writer, LayerDescription layer)
    {
        writer.Bits(layer.Sources.Length == 0 ? 0 : 1u, 1);
        if (layer.Sources.Length > 0)
        {
            SmallNumbers.Write(writer, layer.Sources.Length);
            foreach (var source in layer.Sources)
            {
                SmallNumbers.Write(writer, _before.Count - 1 - source);
            }
        }

        var shapes = SourceShapes(layer.Sources);
        var (input, output) = (shapes.Length > 0 && layer.InputShape == shapes[0], shapes.Length > 0 && layer.OutputShape == Follow(layer.Kind, layer.Arguments, shapes));
        writer.Bits(input ? 1u : 0, 1);
        if (!input)
        {
            Shape(writer, layer.InputShape);
        }

        // Of the first layer, what leaves follows from what enters as well.
        output |= shapes.Length == 0 && layer.OutputShape == Follow(layer.Kind, layer.Arguments, [layer.InputShape]);
        writer.Bits(output ? 1u : 0, 1);
        if (!output)
        {
            Shape(writer, layer.OutputShape);
        }

        Count(writer, layer.Inputs, layer.InputShape);
        Count(writer, layer.Outputs, layer.OutputShape);
    }

    private (ImmutableArray<int> Sources, ImageShape Input, ImageShape Output, int Inputs, int Outputs) ReadGraph(BitReader reader, string kind, ImmutableArray<int> arguments)
    {
        ImmutableArray<int> sources = [];
        if (reader.Bits(1) == 1)
        {
            sources = [.. Numbers(reader, "sources").Select(distance => distance <= _before.Count ? _before.Count - 1 - distance : throw new MalformedBlobException("a layer takes from one that does not exist"))];
        }

        var shapes = SourceShapes(sources);
        var input = reader.Bits(1) == 0 ? Shape(reader) : shapes.Length > 0 ? shapes[0] : throw new MalformedBlobException("the first layer has no shape");
        if (shapes.Length == 0)
        {
            shapes = [input];
        }

        var output = reader.Bits(1) == 0 ? Shape(reader) : Follow(kind, arguments, shapes) ?? throw new MalformedBlobException("a layer has no shape");
        return (sources, input, output, Count(reader, input), Count(reader, output));
    }

    /// <summary>What enters by the layers before; none where the model's input enters its first layer.</summary>
    private ImageShape[] SourceShapes(ImmutableArray<int> sources)
    {
        ImageShape? Of(int source) => source >= 0 ? _before[source].OutputShape : _before.Count > 0 ? _before[0].InputShape : null;
        var shapes = (sources.Length == 0 ? [_before.Count - 1] : sources).Select(Of).ToArray();
        return shapes.Any(shape => shape is null) ? [] : [.. shapes.Select(shape => shape!.Value)];
    }

    private static ImageShape? Follow(string kind, ImmutableArray<int> arguments, ImageShape[] sources) =>
        LayerKinds.Find(kind) is { } known && arguments.Length == known.ArgumentCount && known.OutputShape(arguments.ToEquatableArray(), [.. sources.Select(shape => shape.ToPlanning())]) is { } shape ? shape.ToDescription() : null;

    private static void Shape(BitWriter writer, ImageShape shape)
    {
        SmallNumbers.Write(writer, shape.Channels);
        SmallNumbers.Write(writer, shape.Height);
        SmallNumbers.Write(writer, shape.Width);
    }

    private static ImageShape Shape(BitReader reader) => new(SmallNumbers.Read(reader), SmallNumbers.Read(reader), SmallNumbers.Read(reader));

    private static void Count(BitWriter writer, int count, ImageShape shape)
    {
        writer.Bits(count == shape.Count ? 1u : 0, 1);
        if (count != shape.Count)
        {
            SmallNumbers.Write(writer, count);
        }
    }

    private static int Count(BitReader reader, ImageShape shape) => reader.Bits(1) == 1 ? shape.Count : SmallNumbers.Read(reader);

    private static ImmutableArray<int> Numbers(BitReader reader, string what)
    {
        var count = SmallNumbers.Read(reader);
        if (count > MostNumbers)
        {
            throw new MalformedBlobException($"a layer has {count} {what}");
        }

        var numbers = new int[count];
        foreach (ref var number in numbers.AsSpan())
        {
            number = SmallNumbers.Read(reader);
        }

        return [.. numbers];
    }

    private static ImmutableArray<float> Singles(BitReader reader)
    {
        var count = SmallNumbers.Read(reader);
        if (count > MostNumbers)
        {
            throw new MalformedBlobException($"a layer has {count} numbers");
        }

        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
        {
            number = reader.Single();
        }

        return [.. numbers];
    }
}
