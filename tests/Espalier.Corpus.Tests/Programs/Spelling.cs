using System.Text.RegularExpressions;

namespace Espalier.Corpus.Tests;

/// <summary>How one file spells names of the runtime.</summary>
/// <param name="Usings">The directives, for inside the namespace.</param>
/// <param name="Qualifier">What stands before a precision.</param>
internal sealed partial record Spelling(string Usings, string Qualifier)
{
    /// <summary>Outside of a namespace <c>using static Espalier.Precision</c> would make <c>Int16</c> ambiguous.</summary>
    public static Spelling Of(Random random, bool isInNamespace) => random.Next(isInNamespace ? 6 : 3) switch
    {
        0 => new("using Espalier;\n", "Precision."),
        1 => new("using Espalier;\n", "global::Espalier.Precision."),
        2 => new("using Espalier;\nusing Format = Espalier.Precision;\n", "Format."),
        _ => new("using Espalier;\nusing static Espalier.Precision;\n", ""),
    };

    public string Spell(string attribute, Random random)
    {
        var name = ClassText.NameOf(attribute);
        var text = name is "Quantize" or "Codebook" ? Precision().Replace(attribute, Qualifier + "$&") : attribute;
        var start = attribute.StartsWith('«') ? 1 : 0;
        return random.Next(6) switch
        {
            0 => text.Insert(start, "Espalier."),
            1 => text.Insert(start, "global::Espalier."),
            2 => text.Insert(start + name.Length, "Attribute"),
            _ => text,
        };
    }

    [GeneratedRegex(@"\b(Fp32|Fp16|Bf16|Int32|Int16|Int8|Int4|Ternary|Binary)\b")]
    private static partial Regex Precision();
}
