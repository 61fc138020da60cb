using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Manifests;

/// <summary>Says in words like the attributes what changed between two canonical texts of a layer (<see cref="DefinitionText"/>): all of it, and nothing else.</summary>
internal static class ChangedAttributes
{
    private const string Kind = "kind";
    private const string Activation = "activation";

    /// <summary>What every text of a layer with weights has, in order.</summary>
    private static readonly string[] s_weighted = [Kind, "Bias", Activation, "Quantize", "Prune", "Codebook"];

    /// <summary>What every text of a layer without weights has, in order.</summary>
    private static readonly string[] s_weightless = [Kind, Activation];

    /// <summary>What may follow, in order.</summary>
    private static readonly string[] s_more = ["Takes", "Numbers", "BatchNorm", "Dropout", "From"];

    /// <summary>What changed, as (annotated, recorded); null when nothing did.</summary>
    public static (string Annotated, string Recorded)? Between(string annotated, string recorded)
    {
        if (annotated == recorded)
        {
            return null;
        }

        if (Tokens(annotated) is not { } left || Tokens(recorded) is not { } right || left.ContainsKey("Bias") != right.ContainsKey("Bias"))
        {
            // Another version's text, or another kind of layer: all that can be said is where the two part.
            return DefinitionText.Difference(annotated, recorded);
        }

        var changed = s_weighted.Concat(s_more)
            .Where(key => Text(left, key) != Text(right, key))
            .Select(key => Narrowed(key, Text(left, key), Text(right, key)))
            .ToArray();
        return changed.Length == 0
            ? null
            : (string.Join(" ", changed.Select(pair => pair.Left)), string.Join(" ", changed.Select(pair => pair.Right)));
    }

    /// <summary>The parts of a text by what they say; null when there are others.</summary>
    private static Dictionary<string, string>? Tokens(string text)
    {
        var tokens = text.Split(' ');
        var always = tokens.Length > 1 && tokens[1].StartsWith("Bias=", System.StringComparison.Ordinal) ? s_weighted : s_weightless;
        if (tokens.Length < always.Length)
        {
            return null;
        }

        var found = new Dictionary<string, string>();
        for (var i = 0; i < tokens.Length; i++)
        {
            var key = i < always.Length ? always[i] : s_more.FirstOrDefault(name => tokens[i].StartsWith(name + "(", System.StringComparison.Ordinal));
            if (key is null || found.ContainsKey(key))
            {
                return null;
            }

            found.Add(key, tokens[i]);
        }

        return found;
    }

    private static string Text(Dictionary<string, string> tokens, string key) => tokens.TryGetValue(key, out var text) ? text : key + "(none)";

    /// <summary>One attribute on both sides, less the named arguments that are the same.</summary>
    private static (string Left, string Right) Narrowed(string key, string left, string right)
    {
        var (a, b) = (Arguments(left), Arguments(right));
        if (a is null || b is null || a.Length != b.Length || !a.Any(part => part.Contains('=')))
        {
            return (Word(key, left), Word(key, right));
        }

        var name = left.Substring(0, left.IndexOf('('));
        var differ = Enumerable.Range(0, a.Length).Where(i => a[i] != b[i]).ToArray();
        return (Call(name, differ.Select(i => a[i])), Call(name, differ.Select(i => b[i])));
    }

    private static string[]? Arguments(string token) =>
        token.IndexOf('(') is var open && open > 0 && token.EndsWith(")", System.StringComparison.Ordinal)
            ? token.Substring(open + 1, token.Length - open - 2).Split(',')
            : null;

    private static string Call(string name, IEnumerable<string> arguments) => $"{name}({string.Join(",", arguments)})";

    private static string Word(string key, string text) =>
        key == Activation && text == nameof(ActivationKind.None) ? "no activation"
        : text.EndsWith("(none)", System.StringComparison.Ordinal) ? "no " + text.Substring(0, text.IndexOf('('))
        : text;
}
