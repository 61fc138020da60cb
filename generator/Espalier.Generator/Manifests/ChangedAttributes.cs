using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Manifests;

/// <summary>Says in words like the attributes what changed between two canonical texts of a layer (<see cref="DefinitionText"/>): all of it, and nothing else.</summary>
internal static class ChangedAttributes
{
    // Kind, bias, activation, quantization, pruning and codebook, in the order of the canonical text.
    private const int Tokens = 6;
    private const int Activation = 2;

    /// <summary>What changed, as (annotated, recorded); null when nothing did.</summary>
    public static (string Annotated, string Recorded)? Between(string annotated, string recorded)
    {
        var (left, right) = (annotated.Split(' '), recorded.Split(' '));
        if (left.Length != Tokens || right.Length != Tokens)
        {
            // Another version's text: all that can be said is where the two part.
            return DefinitionText.Difference(annotated, recorded);
        }

        var changed = Enumerable.Range(0, Tokens).Where(i => left[i] != right[i]).Select(i => Narrowed(i, left[i], right[i])).ToArray();
        return changed.Length == 0
            ? null
            : (string.Join(" ", changed.Select(pair => pair.Left)), string.Join(" ", changed.Select(pair => pair.Right)));
    }

    /// <summary>One attribute on both sides, less the named arguments that are the same.</summary>
    private static (string Left, string Right) Narrowed(int token, string left, string right)
    {
        var (a, b) = (Arguments(left), Arguments(right));
        if (a is null || b is null || a.Length != b.Length || !a.Any(part => part.Contains('=')))
        {
            return (Word(token, left), Word(token, right));
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

    private static string Word(int token, string text) =>
        token == Activation && text == nameof(ActivationKind.None) ? "no activation"
        : text.EndsWith("(none)", System.StringComparison.Ordinal) ? "no " + text.Substring(0, text.IndexOf('('))
        : text;
}
