using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Espalier.CodeFixes;

/// <summary>How the runtime's names are written at a place, and which directives that takes.</summary>
internal sealed class ImportedNames(SemanticModel model, int position)
{
    private const string Runtime = "Espalier";
    private const string Precision = "Precision";

    private readonly List<string> _missing = [];

    /// <summary>Directives that the names asked for need and that are not there.</summary>
    public string[] Missing => [.. _missing];

    /// <summary>An attribute's name without <c>Attribute</c>.</summary>
    public string Attribute(string name) =>
        Write(name, model.LookupNamespacesAndTypes(position, name: name + "Attribute"), $"{Runtime}.{name}Attribute", $"using {Runtime};", $"global::{Runtime}.{name}");

    /// <summary>A value of the enumeration of precisions.</summary>
    public string PrecisionValue(string name) =>
        Write(name, model.LookupSymbols(position, name: name), $"{Runtime}.{Precision}.{name}", PrecisionNames.Directive, $"global::{Runtime}.{Precision}.{name}");

    /// <summary>What has the name already is ours, or nothing is and a directive makes it ours, or it is another's and ours goes by its full name.</summary>
    private string Write(string name, IEnumerable<ISymbol> found, string ours, string directive, string full)
    {
        var symbols = found.ToArray();
        if (symbols.Length == 0)
        {
            if (!_missing.Contains(directive))
            {
                _missing.Add(directive);
            }

            return name;
        }

        return symbols.All(symbol => symbol.ToDisplayString() == ours) ? name : full;
    }
}
