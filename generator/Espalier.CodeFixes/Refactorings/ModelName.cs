using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Espalier.CodeFixes;

/// <summary>Names a model after its layers.</summary>
internal static class ModelName
{
    private const string Word = "Network";

    private const int ShortestPrefix = 3;

    /// <summary>What the layers' names have in common (LeNetHidden, LeNetLogits: LeNet), else the namespace's last word and "Network"; with a number where that is taken.</summary>
    public static string Of(IReadOnlyList<AnnotatedLayer> chain, SemanticModel model)
    {
        var first = chain[0].Annotated.Symbol;
        var prefix = WholeWords(chain.Select(layer => layer.Annotated.Symbol.Name).Aggregate(Common), chain);
        var space = first.ContainingType?.Name ?? first.ContainingNamespace.Name;
        var isWhole = chain.Any(layer => layer.Annotated.Symbol.Name == prefix);
        var name = prefix.Length >= ShortestPrefix && !isWhole ? prefix : space.EndsWith(Word, StringComparison.Ordinal) ? space + "Model" : space + Word;
        return IsFree(name) ? name : Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{name}{number}").First(IsFree);

        bool IsFree(string candidate) =>
            candidate != space && model.LookupNamespacesAndTypes(chain[chain.Count - 1].Declaration.Identifier.SpanStart, name: candidate).IsEmpty;
    }

    private static string Common(string left, string right) => new([.. left.TakeWhile((letter, i) => i < right.Length && right[i] == letter)]);

    /// <summary>Cut back to where every name goes on with a capital, or a number.</summary>
    private static string WholeWords(string prefix, IReadOnlyList<AnnotatedLayer> chain)
    {
        while (prefix.Length > 0 && chain.Any(layer => layer.Annotated.Symbol.Name is { } name && name.Length > prefix.Length && char.IsLower(name[prefix.Length])))
        {
            prefix = prefix.Substring(0, prefix.Length - 1);
        }

        return prefix.TrimEnd('_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
    }
}
