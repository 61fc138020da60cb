using System.CommandLine.Parsing;
using System.Globalization;

namespace Benchmarks.Convolutions;

/// <summary>Tiles as the command line names them: <c>16x6,32x4</c>.</summary>
internal static class TileList
{
    public static (int Rows, int Slots)[] Parse(ArgumentResult argument)
    {
        var text = string.Join(",", argument.Tokens.Select(token => token.Value));
        var tiles = text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Tile).ToArray();
        if (tiles.Length > 0 && tiles.All(tile => tile is not null))
        {
            return [.. tiles.Select(tile => tile!.Value)];
        }

        argument.AddError($"--tiles takes output channels x pixels, from 1 on, with commas between tiles, e.g. 16x6,32x4, but was given {text}.");
        return [];
    }

    private static (int Rows, int Slots)? Tile(string text) =>
        text.Split('x') is [var rows, var slots]
        && int.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out var channels)
        && int.TryParse(slots, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels)
        && channels > 0 && pixels > 0
            ? (channels, pixels)
            : null;
}
