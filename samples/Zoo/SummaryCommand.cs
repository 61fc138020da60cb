using System.Globalization;
using Espalier;
using Espalier.Samples;
using Spectre.Console;

namespace Zoo;

/// <summary>A table of each network's layers.</summary>
internal static class SummaryCommand
{
    public static int Run(IReadOnlyList<ZooModel> models, FileInfo? json)
    {
        var rows = new MeasurementRows("zoo-summary");
        foreach (var model in models)
        {
            AnsiConsole.Write(Table(model));
            AnsiConsole.WriteLine();
            Add(rows, model);
        }

        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static Table Table(ZooModel model)
    {
        var (description, title) = (model.Description, model.Title);
        var table = new Table().Title(Markup.Escape($"{title}: {description.InputShape} in, {description.Layers[^1].OutputShape} out"))
            .AddColumns("layer", "kind", "shape", "parameters", "multiply-adds");
        foreach (var (precision, _) in LayerBytes.Columns)
        {
            table.AddColumn($"{precision} bytes");
        }

        foreach (var layer in description.Layers)
        {
            table.AddRow(Cells(layer.Path, layer.Kind, $"{layer.InputShape} → {layer.OutputShape}", layer.Parameters, layer.MultiplyAdds));
        }

        table.AddEmptyRow();
        table.AddRow(Cells("all", $"{description.Layers.Length} layers", "", description.Parameters, description.MultiplyAdds));
        for (var column = 3; column < table.Columns.Count; column++)
        {
            table.Columns[column].RightAligned();
        }

        return table;
    }

    private static string[] Cells(string layer, string kind, string shape, long parameters, long multiplyAdds) =>
    [
        Markup.Escape(layer), kind, shape, Number(parameters), Number(multiplyAdds),
        .. LayerBytes.Columns.Select(column => Number(LayerBytes.Of(parameters, column.Bits))),
    ];

    private static void Add(MeasurementRows rows, ZooModel model)
    {
        rows.Add(model.Name, "espalier", "layers", model.Description.Layers.Length);
        rows.Add(model.Name, "espalier", "parameters", model.Description.Parameters);
        rows.Add(model.Name, "espalier", "multiply-adds", model.Description.MultiplyAdds);
        foreach (var (precision, bits) in LayerBytes.Columns)
        {
            rows.Add(model.Name, "espalier-" + precision.ToString().ToLowerInvariant(), "bytes", LayerBytes.Of(model.Description.Parameters, bits));
        }
    }

    private static string Number(long number) => number == 0 ? "" : number.ToString("N0", CultureInfo.InvariantCulture);
}
