using System.Text.Json;

namespace Espalier.Samples;

/// <summary>The rows that every sample writes with <c>--json FILE</c>: suite, case, subject, metric, value.</summary>
internal sealed class MeasurementRows(string suite)
{
    private readonly List<(string Case, string Subject, string Metric, double Value)> _rows = [];

    public void Add(string testCase, string subject, string metric, double value) => _rows.Add((testCase, subject, metric, value));

    /// <summary>Writes an array of rows; the file appears whole or not at all.</summary>
    public void WriteTo(string path)
    {
        var temporary = path + ".tmp";
        using (var stream = File.Create(temporary))
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var (testCase, subject, metric, value) in _rows)
            {
                json.WriteStartObject();
                json.WriteString("suite", suite);
                json.WriteString("case", testCase);
                json.WriteString("subject", subject);
                json.WriteString("metric", metric);
                json.WriteNumber("value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        File.Move(temporary, path, overwrite: true);
    }
}
