using System.Linq;
using Espalier.Generator.Annotations;

namespace Espalier.Generator.Emit;

/// <summary>
/// Names the generated file of a class. Roslyn compares hint names without regard to case and throws when two are equal; classes may
/// differ in nothing else. So one spelling of each name goes bare, capitals at the head of every part and nowhere else, and all others
/// carry a hash of their spelling. The name depends on the class alone: another class that appears does not rename its file.
/// </summary>
internal static class HintName
{
    /// <summary>For example <c>Digits.Outer.Hidden.g.cs</c> and <c>Digits.LeNet300-FD3C7380.g.cs</c>.</summary>
    public static string Of(TypeIdentity type)
    {
        // The hyphen stands in no class's name, so that no bare name looks like one with a hash.
        var name = type.Dotted;
        return (name == BareSpelling(name) ? name : name + "-" + StableHash.Of(name)) + ".g.cs";
    }

    // To capitals first: a few small letters share one capital, and names that differ in those are equal to Roslyn too.
    private static string BareSpelling(string name) =>
        string.Concat(name.ToUpperInvariant().Select((letter, i) => i == 0 || name[i - 1] == '.' ? letter : char.ToLowerInvariant(letter)));
}
