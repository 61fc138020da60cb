namespace Espalier.Corpus.Tests;

internal static class ShapeSeeders
{
    public static readonly Seeder[] All =
    [
        new("ESP0201", "no inputs", spot => spot.First.Layer["Dense"] = $"Dense(«0», {spot.First.Layer.Outputs})"),
        new("ESP0201", "fewer inputs than none", spot => spot.First.Layer["Dense"] = $"Dense(«-3», {spot.First.Layer.Outputs}, Bias = false)"),
        new("ESP0201", "no outputs", spot => spot.Last.Layer["Dense"] = $"Dense({spot.Last.Layer.Inputs}, «0»)"),
        new("ESP0201", "the least outputs, by name", spot => spot.Last.Layer["Dense"] = $"Dense(«outputs: int.MinValue», inputs: {spot.Last.Layer.Inputs})"),
        new("ESP0201", "a difference that is nothing", spot => spot.First.Layer["Dense"] = $"Dense(«7 - 7», {spot.First.Layer.Outputs})"),

        new("ESP0202", "one input too many", spot => Widen(spot.Last, 1)) { Layers = 2 },
        new("ESP0202", "twice the inputs", spot => Widen(spot.Last, spot.Last.Layer.Inputs)) { Layers = 2 },
        new("ESP0202", "a chain of two that meets nothing", spot => Append(spot, spot.Last.Layer.Outputs + 1)) { Layers = 1 },
        new("ESP0202", "a last layer after one that gives more", spot => Append(spot, spot.Last.Layer.Outputs + 100)) { Layers = 2 },
        new("ESP0202", "one input for many outputs", spot => Append(spot, 1)) { Layers = 1 },

        new("ESP0203", "ten thousand million weights", spot => TooMany(spot, "Dense(100000, 100000)")),
        new("ESP0203", "one row too many", spot => TooMany(spot, "Dense(32769, 32768)")),
        new("ESP0203", "one input too many", spot => TooMany(spot, "Dense(1073741825, 1)")),
        new("ESP0203", "a shift", spot => TooMany(spot, "Dense(1 << 16, 1 << 15)")),
        new("ESP0203", "named sizes", spot => TooMany(spot, "Dense(outputs: 2000000, inputs: 600)")),

        new("ESP0204", "a softmax at the start", spot => Softmax(spot.Model.Places[0])) { Layers = 2 },
        new("ESP0204", "a softmax before the last layer", spot => Softmax(spot.Model.Places[^2])) { Layers = 2 },
        new("ESP0204", "a softmax in the middle", spot => Softmax(spot.Model.Places[1])) { Layers = 3 },
        new("ESP0204", "a softmax at the start of three", spot => Softmax(spot.Model.Places[0])) { Layers = 3 },
        new("ESP0204", "a softmax layer twice", spot =>
        {
            var layer = new LayerText { Name = spot.NewName("Square"), Inputs = 7, Outputs = 7 };
            layer.Attributes.AddRange(["Dense(7, 7)", "Softmax"]);
            spot.Set.Layers.Add(layer);
            spot.Set.Models.Add(new ModelText { Name = spot.NewName("Twice"), Places = [new Place(layer) { IsMarked = true }, new Place(layer)] });
        }),

        new("ESP0205", "scores that are never negative", spot => Bounded(spot, "Relu")),
        new("ESP0205", "scores from 0 to 1", spot => Bounded(spot, "Sigmoid")),
        new("ESP0205", "scores from -1 to 1", spot => Bounded(spot, "Tanh")),
        new("ESP0205", "two scores from 0 to 1 in a model of their own", spot => BoundedTwice(spot, 2, "Sigmoid")),
        new("ESP0205", "a layer with Tanh twice", spot => BoundedTwice(spot, 9, "Tanh")),
        new("ESP0205", "scores of integers that are never negative", spot => BoundedTwice(spot, 30, "Relu", "Quantize(Int8)")),
    ];

    private static void Bounded(Spot spot, string activation)
    {
        spot.Last.Layer.Remove(LayerText.Activations);
        spot.Last.Layer.Attributes.Add(activation);
        spot.Last.IsMarked = true;
    }

    private static void BoundedTwice(Spot spot, int size, params string[] attributes)
    {
        var layer = OwnLayer.Add(spot, size, size, attributes);
        spot.Set.Models.Add(new ModelText { Name = spot.NewName("OwnNet"), Places = [new Place(layer), new Place(layer) { IsMarked = true }] });
    }

    private static void Widen(Place place, int more)
    {
        place.Layer["Dense"] = $"Dense({place.Layer.Inputs + more}, {place.Layer.Outputs})";

        // Groups would not divide the inputs any more.
        place.Layer.Remove("Prune");
        place.IsMarked = true;
    }

    private static void Append(Spot spot, int inputs)
    {
        var last = spot.Last.Layer;
        last["Softmax"] = null;
        var layer = new LayerText { Name = spot.NewName("Misfit"), Inputs = inputs, Outputs = 3 };
        layer.Attributes.Add($"Dense({inputs}, 3)");
        layer.Around.AddRange(last.Around);
        spot.Set.Layers.Add(layer);
        spot.Model.Places.Add(new Place(layer) { IsMarked = true });
    }

    /// <summary>A layer of its own, so that the model's chain stays whole.</summary>
    private static void TooMany(Spot spot, string shape)
    {
        var layer = new LayerText { Name = spot.NewName("Huge"), Inputs = 1, Outputs = 1 };
        layer.Attributes.Add($"«{shape}»");
        spot.Set.Layers.Add(layer);
        spot.Set.Models.Add(new ModelText { Name = spot.NewName("HugeNet"), Places = [new Place(layer)] });
    }

    private static void Softmax(Place place)
    {
        place.Layer.Remove(LayerText.Activations);
        place.Layer.Attributes.Add("Softmax");
        place.IsMarked = true;
    }
}
