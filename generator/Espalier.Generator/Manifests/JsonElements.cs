using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace Espalier.Generator.Manifests;

/// <summary>
/// Members of a JSON object, which the framework's reader presents as XML with the JSON type in an attribute. What is missing or of
/// another type throws a <see cref="FormatException"/> that names the member.
/// </summary>
internal static class JsonElements
{
    public static string Text(this XElement parent, string name) =>
        Member(parent, name, "string")?.Value ?? throw Expected(name, "a text");

    public static string TextOr(this XElement parent, string name, string missing) => Member(parent, name, "string")?.Value ?? missing;

    public static long Number(this XElement parent, string name, long least, long most) =>
        (Member(parent, name, "number") ?? throw Expected(name, "a number")).Number(least, most);

    public static long Number(this XElement element, long least, long most) =>
        long.TryParse(element.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Expected(element.Name.LocalName, $"a whole number from {least} to {most}");

    /// <summary>A number from 0 to 1, or null.</summary>
    public static double? Share(this XElement parent, string name) =>
        Member(parent, name, "number") is not { } element ? null
        : double.TryParse(element.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= 1 ? value
        : throw Expected(name, "a number from 0 to 1 or null");

    /// <summary>The entries of an array.</summary>
    public static IEnumerable<XElement> List(this XElement parent, string name) =>
        (Member(parent, name, "array") ?? throw Expected(name, "a list")).Elements();

    /// <summary>The entries of an array; none when it is missing.</summary>
    public static IEnumerable<XElement> ListOrNone(this XElement parent, string name) => Member(parent, name, "array")?.Elements() ?? [];

    /// <summary>A hash as 64 upper-case hexadecimal digits.</summary>
    public static string Sha256(this XElement parent)
    {
        var text = parent.Text("sha256").ToUpperInvariant();
        return text.Length == 64 && text.All(c => c is (>= '0' and <= '9') or (>= 'A' and <= 'F')) ? text : throw Expected("sha256", "64 hexadecimal digits");
    }

    private static XElement? Member(XElement parent, string name, string type) =>
        parent.Elements(name).FirstOrDefault(element => (string?)element.Attribute("type") == type);

    private static FormatException Expected(string name, string what) => new($"\"{name}\" is not {what}");
}
