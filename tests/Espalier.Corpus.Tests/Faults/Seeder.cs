using Microsoft.CodeAnalysis;

namespace Espalier.Corpus.Tests;

/// <summary>One way of making one mistake in a valid set.</summary>
/// <param name="Id">The rule that must say so.</param>
/// <param name="What">The mistake in a few words, for messages.</param>
/// <param name="Mutate">Makes it, with <c>«»</c> around what the rule must underline.</param>
internal sealed record Seeder(string Id, string What, Action<Spot> Mutate)
{
    /// <summary>Layers that the set must have at least.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Other rules of ours that truly follow from the mistake, each somewhere in the set.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>Errors of the compiler that the mistake brings by itself.</summary>
    public string[] Compiler { get; init; } = [];

    /// <summary>Build properties of the project; sets of equal properties are compiled together.</summary>
    public (string Key, string Value)[] Properties { get; init; } = [];

    /// <summary>The severity that properties ask for; that of the rule unless set.</summary>
    public DiagnosticSeverity? Severity { get; init; }

    public override string ToString() => $"{Id} ({What})";
}

/// <summary>Where a fault can be seeded: a valid set with one model, some layer of it, and random numbers.</summary>
internal sealed record Spot(AnnotationSet Set, LayerText Layer, Random Random)
{
    /// <summary>The manifests of its project: for faults of artifacts the one that training the set left, otherwise none.</summary>
    public List<ManifestOnDisk> Manifests { get; init; } = [];

    public ManifestOnDisk Manifest => Manifests[0];

    public ModelText Model => Set.Models[0];

    /// <summary>The first and the last place of the model.</summary>
    public Place First => Model.Places[0];

    public Place Last => Model.Places[^1];

    /// <summary>The layer, or now and then the model: for faults that both can have.</summary>
    public ClassText Either => Random.OnceIn(3) ? Model : Layer;

    /// <summary>The name of a new class.</summary>
    public string NewName(string name) => $"{name}S{Set.Seed:D4}";

    public static Spot In(AnnotationSet set)
    {
        var random = new Random(set.Seed);
        return new Spot(set, random.Of(set.Layers.ToArray()), random);
    }
}
