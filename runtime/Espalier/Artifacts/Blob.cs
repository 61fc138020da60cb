using System;
using Espalier.Coding;
using Espalier.Planning;

namespace Espalier;

/// <summary>The binary half of an artifact, versions 1 to 5; <c>FORMAT.md</c> beside this file describes its bytes.</summary>
internal static class Blob
{
    private const int FirstVersion = 1;

    /// <summary>2 since adaptive coding of weights, 3 since that of biases, 4 since pruning in groups, 5 since graphs and images. What has none of them is written as before, so that older libraries read it.</summary>
    private const int GraphVersion = 5;
    private const int LastVersion = GraphVersion;
    private const int CheckLength = 8;
    private static ReadOnlySpan<byte> Magic => "ESPB"u8;

    /// <param name="weights">The weights.</param>
    /// <param name="goal">What the bytes are to be good for; what the model says unless given.</param>
    public static (byte[] Bytes, long[] LayerBytes) Write(ModelWeights weights, CodingGoal? goal = null)
    {
        var version = FirstVersion;
        var writer = new BitWriter();
        foreach (var letter in Magic)
        {
            writer.Byte(letter);
        }

        writer.Byte(version);
        DescriptionCodec.Text(writer, weights.Model.Name);
        writer.Single(weights.Normalisation.Offset);
        writer.Single(weights.Normalisation.Factor);
        writer.Number(weights.Layers.Length);
        var sizes = new long[weights.Layers.Length];
        var graph = GraphDescriptionCodec.IsNeeded(weights.Model) ? new GraphDescriptionCodec() : null;
        var grids = graph is null ? null : new GridsOfGroups(weights.Forms);
        for (var i = 0; i < sizes.Length; i++)
        {
            var before = writer.Length;
            graph?.Write(writer, weights.Model.Layers[i]);
            version = Math.Max(version, graph is null ? DescriptionCodec.Write(writer, weights.Model.Layers[i]) : GraphVersion);
            version = Math.Max(version, LayerCodec.Write(writer, weights.Layers[i], goal ?? weights.Model.Coding, grids?.Of(i) ?? GridsWithLayers.Instance));
            writer.Align();
            sizes[i] = writer.Length - before;
        }

        var body = writer.ToArray();
        body[Magic.Length] = (byte)version;
        return ([.. body, .. Sha256.HashData(body)[..CheckLength]], sizes);
    }

    /// <param name="bytes">A blob.</param>
    /// <param name="model">The model that it must belong to.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="isChecked">Whether a hash of all bytes was compared already.</param>
    /// <exception cref="ArtifactException">The bytes are damaged or another model's.</exception>
    public static ModelWeights Read(byte[] bytes, ModelDescription model, string name, bool isChecked = false)
    {
        if (bytes.Length < Magic.Length + 1 + CheckLength || !bytes.AsSpan().StartsWith(Magic))
        {
            throw new ArtifactException($"{name} is no Espalier artifact, or was cut off. {Remedy(model)}");
        }

        if (bytes[Magic.Length] is < FirstVersion or > LastVersion)
        {
            throw new ArtifactException($"{name} has format version {bytes[Magic.Length]}; this library reads versions {FirstVersion} to {LastVersion}. Use a newer library, or train again with this one.");
        }

        var body = bytes.AsSpan(0, bytes.Length - CheckLength);
        if (!isChecked && !Sha256.HashData(body).AsSpan(0, CheckLength).SequenceEqual(bytes.AsSpan(body.Length)))
        {
            throw new ArtifactException($"{name} was altered or cut off: its check value does not fit. {Remedy(model)}");
        }

        var place = "its header";
        try
        {
            var reader = new BitReader(bytes, body.Length);
            reader.Bits(32);
            reader.Byte();
            var owner = DescriptionCodec.Text(reader);
            if (owner != model.Name)
            {
                throw new ArtifactException($"{name} belongs to {owner}, not to {model.Name}. {Remedy(model)}");
            }

            var normalisation = new Normalisation(reader.Single(), reader.Single());
            var count = reader.Number();
            if (count != model.Layers.Length)
            {
                throw new ArtifactException($"{name} has {count} layers, but {model.Name} has {model.Layers.Length}. {Remedy(model)}");
            }

            var layers = new LayerWeights[count];
            var graph = bytes[Magic.Length] >= GraphVersion ? new GraphDescriptionCodec() : null;
            var grids = graph is null ? null : new GridsOfGroups(model.ToForms());
            for (var i = 0; i < count; i++)
            {
                place = $"layer {model.Layers[i].Path}";
                CheckDescription(graph?.Read(reader) ?? DescriptionCodec.Read(reader), model.Layers[i], name, model);
                layers[i] = LayerCodec.Read(reader, model.Layers[i], grids?.Of(i) ?? GridsWithLayers.Instance);
                reader.Align();
            }

            place = "its end";
            return reader.AtEnd ? new ModelWeights(model, normalisation, [.. layers]) : throw new MalformedBlobException("more follows than belongs there");
        }
        catch (Exception error) when (error is MalformedBlobException or ArgumentException or OverflowException)
        {
            throw new ArtifactException($"{name} is damaged at {place}: {error.Message}. {Remedy(model)}", error);
        }
    }

    private static void CheckDescription(LayerDescription stored, LayerDescription wanted, string name, ModelDescription model)
    {
        if (stored == wanted)
        {
            return;
        }

        if (stored.Path != wanted.Path)
        {
            throw new ArtifactException($"{name} has layer {stored.Path} where {model.Name} has {wanted.Path}. {Remedy(model)}");
        }

        if (DefinitionText.Difference(DefinitionText.Of(wanted.ToDefinition()), DefinitionText.Of(stored.ToDefinition())) is { } difference)
        {
            throw new ArtifactException($"{name}, layer {wanted.Path}: the model says {difference.Annotated}, the artifact was trained with {difference.Recorded}. {Remedy(model)}");
        }

        if ((stored.Inputs, stored.Outputs) == (wanted.Inputs, wanted.Outputs))
        {
            throw new ArtifactException($"{name}, layer {wanted.Path}: the model says that {Place(wanted)}, the artifact was trained where {Place(stored)}. {Remedy(model)}");
        }
        else
        {
            throw new ArtifactException($"{name}, layer {wanted.Path}: the model says {wanted.Inputs} inputs and {wanted.Outputs} outputs, the artifact was trained with {stored.Inputs} inputs and {stored.Outputs} outputs. {Remedy(model)}");
        }
    }

    /// <summary>What the text of a definition does not say.</summary>
    private static string Place(LayerDescription layer) =>
        $"{layer.InputShape} enters from {(layer.Sources.Length == 0 ? "the layer before" : string.Join(", ", layer.Sources))} and {layer.OutputShape} leaves, with numbers [{string.Join(", ", layer.Numbers)}], batch normalisation {(layer.BatchNorm is { } norm ? $"{norm.Epsilon}, {norm.Momentum}" : "none")} and dropout {layer.Dropout}";

    private static string Remedy(ModelDescription model) => $"Train {model.Name} again and save it, or restore the file that was saved.";
}
