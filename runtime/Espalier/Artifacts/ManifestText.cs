using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier;

/// <summary>Writes the text half of an artifact: what the generator may know at compile time, and the plans for every tier.</summary>
internal static class ManifestText
{
    /// <summary>Bytes from which on a manifest is written compactly.</summary>
    private const int MostReadable = 64 << 10;

    // Names as they are: the build's targets read the model's name with a regular expression, which knows no escapes.
    private static readonly JsonWriterOptions s_readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// With the plans and their reasons spelled out, for reading. Where that would take too much, each layer is one line without
    /// them: plans follow from definition and evidence, and a build makes the same ones again. Nor does it say that a layer has no codebook or no weights.
    /// </summary>
    public static string Of(ModelWeights weights, LayerFacts[] facts, byte[] blob, long[] layerBytes, string hash, double? accuracy)
    {
        string Text(bool compact) => Json(s_readable, json => WriteModel(json, weights, facts, blob, layerBytes, hash, accuracy, compact)) + "\n";
        var readable = Text(compact: false);
        return Encoding.UTF8.GetByteCount(readable) <= MostReadable ? readable : Text(compact: true);
    }

    private static void WriteModel(Utf8JsonWriter json, ModelWeights weights, LayerFacts[] facts, byte[] blob, long[] layerBytes, string hash, double? accuracy, bool compact)
    {
        var model = weights.Model;
        json.WriteStartObject();
        json.WriteNumber("format", 1);
        json.WriteNumber("planner", Planner.Version);
        json.WriteString("model", model.Name);
        json.WriteString("blob", model.ShortName + Artifact.BlobEnding);
        json.WriteNumber("bytes", blob.Length);
        json.WriteNumber("denseBytes", 4 * model.Parameters);
        json.WriteString("sha256", hash);
        if (accuracy is { } value)
        {
            json.WriteNumber("validationAccuracy", Math.Round(value, 6));
        }
        else
        {
            json.WriteNull("validationAccuracy");
        }

        json.WriteStartArray("layers");
        for (var i = 0; i < facts.Length; i++)
        {
            if (compact)
            {
                json.WriteRawValue(Json(s_readable with { Indented = false }, line => WriteLayer(line, weights.Layers[i], facts[i], layerBytes[i], compact)));
            }
            else
            {
                WriteLayer(json, weights.Layers[i], facts[i], layerBytes[i], compact);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Json(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteLayer(Utf8JsonWriter json, LayerWeights weights, LayerFacts facts, long bytes, bool compact)
    {
        json.WriteStartObject();
        json.WriteString("path", weights.Layer.Path);
        var definition = DefinitionText.Of(facts.Definition, weights.Layer.Sources.IsDefaultOrEmpty ? default : weights.Layer.Sources.ToEquatableArray());
        json.WriteString("definition", compact ? DefinitionText.Brief(definition) : definition);
        json.WriteNumber("bytes", bytes);
        json.WriteNumber("nonzeros", weights.Nonzeros);
        if (!compact || weights.Count > 0)
        {
            json.WriteString("evidence", PlanText.Of(facts.Evidence!));
        }

        var centroids = (weights as IntegerLayerWeights)?.Centroids ?? [];
        if (!compact || centroids.Length > 0)
        {
            json.WriteStartArray("centroids");
            foreach (var centroid in centroids)
            {
                json.WriteNumberValue(centroid);
            }

            json.WriteEndArray();
        }

        if (!compact && facts.Definition.HasWeights)
        {
            WriteKernels(json, facts);
        }

        json.WriteEndObject();
    }

    private static void WriteKernels(Utf8JsonWriter json, LayerFacts facts)
    {
        json.WriteStartArray("kernels");
        foreach (var kernel in Planner.Plan(facts).Kernels)
        {
            json.WriteStringValue(PlanText.Of(kernel));
        }

        json.WriteEndArray();
    }
}
