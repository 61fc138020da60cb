using System;
using System.IO;
using System.Text;
using System.Text.Json;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier;

/// <summary>Writes the text half of an artifact: what the generator may know at compile time, and the plans for every tier.</summary>
internal static class ManifestText
{
    public static string Of(ModelWeights weights, byte[] blob, long[] layerBytes, string hash, double? accuracy)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
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
            var evidence = System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Select(weights.Layers, WeightEvidenceFactory.Measure));
            var facts = model.ToFacts(i => evidence[i]);
            for (var i = 0; i < facts.Length; i++)
            {
                WriteLayer(json, weights.Layers[i], facts[i], layerBytes[i]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteLayer(Utf8JsonWriter json, LayerWeights weights, LayerFacts facts, long bytes)
    {
        json.WriteStartObject();
        json.WriteString("path", weights.Layer.Path);
        json.WriteString("definition", DefinitionText.Of(facts.Definition));
        json.WriteNumber("bytes", bytes);
        json.WriteNumber("nonzeros", weights.Nonzeros);
        json.WriteString("evidence", PlanText.Of(facts.Evidence!));
        json.WriteStartArray("centroids");
        foreach (var centroid in (weights as IntegerLayerWeights)?.Centroids ?? [])
        {
            json.WriteNumberValue(centroid);
        }

        json.WriteEndArray();
        json.WriteStartArray("kernels");
        foreach (var kernel in Planner.Plan(facts).Kernels)
        {
            json.WriteStringValue(PlanText.Of(kernel));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
