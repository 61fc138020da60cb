using System.Text.RegularExpressions;

namespace Espalier.Corpus.Tests;

/// <summary>
/// An annotated class as it will be written. Every text may hold the marks <c>«»</c> around what a rule must underline; spelling
/// (qualified names, lists of attributes, one part or two) is the writer's choice.
/// </summary>
internal partial class ClassText
{
    public required string Name { get; set; }

    /// <summary>What stands before <c>class</c> or another keyword.</summary>
    public string Modifiers { get; set; } = "public partial";

    public string Keyword { get; set; } = "class";

    /// <summary>What stands after the name: type parameters.</summary>
    public string Suffix { get; set; } = "";

    /// <summary>The types around it, outermost first, as they are declared: <c>public static partial class Networks</c>.</summary>
    public List<string> Around { get; init; } = [];

    /// <summary>Which of the set's files it stands in.</summary>
    public int File { get; set; }

    /// <summary>Whether its attributes are spread over two parts.</summary>
    public bool InTwoParts { get; set; }

    /// <summary>Attributes without brackets and namespace, e.g. <c>Prune(0.5)</c>.</summary>
    public List<string> Attributes { get; } = [];

    /// <summary>How other classes of the namespace call it.</summary>
    public string Reference => string.Join(".", Around.Select(type => type.Split(' ')[^1]).Append(WithoutMarks(Name)));

    /// <summary>The attribute of this name, e.g. <c>Prune</c>; setting replaces it, adds it, or with null takes it away.</summary>
    public string? this[string attribute]
    {
        get => Attributes.Find(text => NameOf(text) == attribute);
        set
        {
            var place = Attributes.FindIndex(text => NameOf(text) == attribute);
            if (place >= 0)
            {
                Attributes.RemoveAt(place);
            }

            if (value is not null)
            {
                Attributes.Insert(place >= 0 ? place : Attributes.Count, value);
            }
        }
    }

    /// <summary>Takes away every attribute of these names.</summary>
    public void Remove(params string[] attributes) => Attributes.RemoveAll(text => attributes.Contains(NameOf(text)));

    public static string WithoutMarks(string text) => text.Replace("«", "").Replace("»", "");

    public static string NameOf(string attribute) => Identifier().Match(attribute).Value;

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Identifier();
}

/// <summary>A fully connected layer.</summary>
internal sealed class LayerText : ClassText
{
    public static readonly string[] Activations = ["Relu", "Sigmoid", "Tanh", "Softmax"];

    public required int Inputs { get; init; }

    public required int Outputs { get; init; }

    public long Weights => (long)Inputs * Outputs;

    /// <summary>Leaves the layer and its shape, and nothing of compression and activation.</summary>
    public void MakePlain() => Remove([.. Activations, "Quantize", "Prune", "Codebook"]);
}

/// <summary>A chain of layers.</summary>
internal sealed class ModelText : ClassText
{
    public required List<Place> Places { get; init; }

    /// <summary>Replaces the attribute that lists the places.</summary>
    public string? Sequential { get; set; }

    /// <summary>Whether the list is written as an array.</summary>
    public bool AsArray { get; init; }

    public string SequentialText => Sequential
        ?? (AsArray ? $"Sequential(new[] {{ {string.Join(", ", Places)} }})" : $"Sequential({string.Join(", ", Places)})");
}

/// <param name="Layer">The layer that stands there.</param>
internal sealed record Place(LayerText Layer)
{
    /// <summary>Whether a rule must underline the place.</summary>
    public bool IsMarked { get; set; }

    /// <summary>What is written instead of <c>typeof</c> and the layer.</summary>
    public string? Text { get; set; }

    public override string ToString() => Text ?? (IsMarked ? $"«typeof({Layer.Reference})»" : $"typeof({Layer.Reference})");
}
