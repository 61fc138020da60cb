using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Annotations;

/// <summary>Names a class without holding its symbol.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Enclosing">Enclosing classes, outermost first, each as it is declared: <c>class Outer</c>, <c>struct Box</c>, <c>record R</c>.</param>
/// <param name="Name">The class's own name.</param>
/// <param name="IsPublic">Whether the class and all enclosing ones are public.</param>
internal sealed record TypeIdentity(string Namespace, EquatableArray<string> Enclosing, string Name, bool IsPublic)
{
    private string InNamespace => string.Join(".", Enclosing.Select(e => e.Substring(e.LastIndexOf(' ') + 1)).Concat(new[] { Name }));

    private string Prefix => Namespace.Length == 0 ? "" : Namespace + ".";

    /// <summary>For example <c>global::Digits.Outer.Hidden</c>.</summary>
    public string FullyQualified => "global::" + Dotted;

    /// <summary>For example <c>Digits.Outer+Hidden</c>: what manifests and blobs carry.</summary>
    public string FullName => Prefix + InNamespace.Replace('.', '+');

    /// <summary>For example <c>Digits.Outer.Hidden</c>.</summary>
    public string Dotted => Prefix + InNamespace;
}
