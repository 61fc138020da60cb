using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Espalier.Package.Tests;

/// <summary>A diagnostic of ours without its severity: rule, file, place counted from 1, and message.</summary>
internal sealed partial record Finding(string Id, string File, int Line, int Column, string Message) : IComparable<Finding>
{
    public static Finding Of(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return new(
            diagnostic.Id, Path.GetFileName(span.Path), span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    /// <summary>Every one that a build printed, once.</summary>
    public static Finding[] In(string output) =>
    [
        .. Printed().Matches(output).Select(line => new Finding(
            line.Groups["id"].Value,
            Path.GetFileName(line.Groups["file"].Value),
            int.Parse(line.Groups["line"].Value, CultureInfo.InvariantCulture),
            int.Parse(line.Groups["column"].Value, CultureInfo.InvariantCulture),
            line.Groups["message"].Value)).Distinct().Order(),
    ];

    public int CompareTo(Finding? other) => other is null ? 1 : (Id, File, Line, Column, Message).CompareTo((other.Id, other.File, other.Line, other.Column, other.Message));

    // After the message come the page of the rule and the project.
    [GeneratedRegex(@"^\s*(?<file>[^\n(]+)\((?<line>\d+),(?<column>\d+)\): (?:warning|error|info) (?<id>ESP\d{4}): (?<message>.*?) \([^()]*ESP\d{4}\.md\) \[[^\]\n]*\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Printed();
}
