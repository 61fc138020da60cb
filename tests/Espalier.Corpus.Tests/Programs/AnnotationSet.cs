namespace Espalier.Corpus.Tests;

/// <summary>A few layers and the models made of them: one program of the corpus, before it is written down.</summary>
internal sealed class AnnotationSet
{
    /// <summary>What it was made from; names carry it, so that many sets fit one compilation.</summary>
    public required int Seed { get; init; }

    public required List<LayerText> Layers { get; init; }

    public required List<ModelText> Models { get; init; }

    /// <summary>Empty for the global namespace.</summary>
    public required string Namespace { get; init; }

    public required int Files { get; init; }

    /// <summary>Code that stands in the first file after all classes, in the set's namespace.</summary>
    public string More { get; set; } = "";

    public IEnumerable<ClassText> Classes => [.. Layers, .. Models];

    /// <summary>A model's name as the compiler says it in metadata.</summary>
    public string MetadataName(ModelText model) =>
        (Namespace.Length > 0 ? Namespace + "." : "") + model.Reference.Replace('.', '+');
}

/// <summary>What a set must be like.</summary>
/// <param name="FewestLayers">In its first model.</param>
/// <param name="MostLayers">In its first model.</param>
/// <param name="OneModel">Whether it has one model only and no layer besides.</param>
internal sealed record SetShape(int FewestLayers = 1, int MostLayers = 6, bool OneModel = false)
{
    public static SetShape Any { get; } = new();

    /// <summary>Small and without a second model that would report a fault again.</summary>
    public static SetShape ForFaults(int fewestLayers = 1) => new(fewestLayers, Math.Max(fewestLayers, 2), true);
}
