using Spectre.Console;

namespace Benchmarks.Timing;

/// <summary>Tables that fit 100 columns: names to the left, numbers to the right.</summary>
internal static class Tables
{
    private const int Width = 100;

    public static Table New(string title, IEnumerable<string> columns)
    {
        var table = new Table().Title(title).Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            var added = new TableColumn(column).PadLeft(0).PadRight(1);
            table.AddColumn(table.Columns.Count == 0 ? added : added.RightAligned());
        }

        return table;
    }

    public static void Write(Table table)
    {
        // Written to a file there is no terminal to ask for its width.
        AnsiConsole.Profile.Width = Math.Max(Width, AnsiConsole.Profile.Width);
        AnsiConsole.Write(table);
    }
}
