namespace Espalier.Corpus.Tests;

/// <summary>A layer beside those of the set, so that shapes and settings of the set do not matter.</summary>
internal static class OwnLayer
{
    /// <summary>Adds it in a model of its own.</summary>
    public static void InAModel(Spot spot, int inputs, int outputs, params string[] attributes)
    {
        var layer = Add(spot, inputs, outputs, attributes);
        spot.Set.Models.Add(new ModelText { Name = spot.NewName("OwnNet"), Places = [new Place(layer)] });
    }

    public static LayerText Add(Spot spot, int inputs, int outputs, params string[] attributes)
    {
        var layer = new LayerText { Name = spot.NewName("Own"), Inputs = inputs, Outputs = outputs };
        layer.Attributes.AddRange([$"Dense({inputs}, {outputs})", .. attributes]);
        spot.Set.Layers.Add(layer);
        return layer;
    }
}
