namespace Espalier.Corpus.Tests;

internal static class UsageSeeders
{
    public static readonly Seeder[] All =
    [
        new("ESP0101", "a layer that is not partial", spot => NotPartial(spot.Layer, "public")),
        new("ESP0101", "a model that is not partial", spot => NotPartial(spot.Model, "public")),
        new("ESP0101", "a sealed class that is not partial", spot => NotPartial(spot.Either, "public sealed")),
        new("ESP0101", "an internal class that is not partial", spot => NotPartial(spot.Either, "internal")),
        new("ESP0101", "no modifier at all", spot => NotPartial(spot.Either, "")),
        new("ESP0101", "a first layer that is not partial", spot => NotPartial(spot.First.Layer, "internal sealed")),

        new("ESP0102", "an enclosing class that is not partial", spot => Enclosed(spot.Layer, spot.NewName("public class Outer"))),
        new("ESP0102", "a static enclosing class", spot => Enclosed(spot.Layer, spot.NewName("public static class Outer"))),
        new("ESP0102", "an enclosing structure", spot => Enclosed(spot.Layer, spot.NewName("public struct Enclosing"))),
        new("ESP0102", "an enclosing record around a model", spot => Enclosed(spot.Model, spot.NewName("public record Enclosing"))),
        new("ESP0102", "an outermost class that is not partial", spot => Enclosed(spot.Either, spot.NewName("public class Outer"), spot.NewName("public partial class Middle"))),
        new("ESP0102", "an inner class that is not partial", spot => Enclosed(spot.Either, spot.NewName("public partial class Outer"), spot.NewName("public class Middle"))),

        new("ESP0103", "a static layer", spot => Formed(spot.Layer, "public static partial")) { Compiler = ["CS0718"] },
        new("ESP0103", "an abstract class", spot => Formed(spot.Either, "public abstract partial")),
        new("ESP0103", "a record", spot => Formed(spot.Either, "public partial", "record")),
        new("ESP0103", "a structure", spot => Formed(spot.Either, "public partial", "struct")) { Compiler = ["CS0592"] },
        new("ESP0103", "an interface", spot => Formed(spot.Layer, "public partial", "interface")) { Compiler = ["CS0592"] },
        new("ESP0103", "a generic model", spot =>
        {
            spot.Model.Suffix = "<T>";
            Formed(spot.Model, "public partial");
        }),
        new("ESP0103", "a model in a generic class", spot => Enclosed(spot.Model, spot.NewName("public partial class Generic") + "<T>")),
        new("ESP0103", "a model whose name is a keyword", spot =>
        {
            spot.Model.Name = "@event";
            Formed(spot.Model, "public partial");
        }),

        new("ESP0104", "a layer that is a model too", spot => spot.Layer.Attributes.Add($"«Sequential(typeof({spot.First.Layer.Reference}))»")),
        new("ESP0104", "a model that is a layer too", spot =>
        {
            spot.Model.Sequential = $"«{spot.Model.SequentialText}»";
            spot.Model.Attributes.Add("Dense(3, 4)");
        }),
        new("ESP0104", "two shapes", spot => spot.Layer.Attributes.Add($"«Dense({spot.Layer.Inputs + 1}, {spot.Layer.Outputs})»")) { Compiler = ["CS0579"] },
        new("ESP0104", "the same shape twice", spot => spot.Layer.Attributes.Add($"«Dense({spot.Layer.Inputs}, {spot.Layer.Outputs}, Bias = false)»")) { Compiler = ["CS0579"] },
        new("ESP0104", "two lists of layers", spot => spot.Model.Attributes.Add($"«Sequential(typeof({spot.Last.Layer.Reference}))»")) { Compiler = ["CS0579"] },

        new("ESP0105", "Relu and Tanh", spot => Activated(spot, "Relu", "Tanh")),
        new("ESP0105", "Tanh and Relu", spot => Activated(spot, "Tanh", "Relu")),
        new("ESP0105", "Sigmoid and Softmax", spot => Activated(spot, "Sigmoid", "Softmax")),
        new("ESP0105", "Relu and Sigmoid", spot => Activated(spot, "Relu", "Sigmoid")),
        new("ESP0105", "Tanh and Sigmoid", spot => Activated(spot, "Tanh", "Sigmoid")),

        new("ESP0106", "precision on a model", spot => spot.Model.Attributes.Add("«Quantize(Int8)»")),
        new("ESP0106", "pruning on a model", spot => spot.Model.Attributes.Add("«Prune(0.9)»")),
        new("ESP0106", "a codebook on a model", spot => spot.Model.Attributes.Add("«Codebook(16)»")),
        new("ESP0106", "an activation on a model", spot => spot.Model.Attributes.Add("«Softmax»")),
        new("ESP0106", "pruning on a class that is nothing", spot => Lonely(spot, "«Prune(0.5)»")),
        new("ESP0106", "an activation on a class that is nothing", spot => Lonely(spot, "«Relu»")),

        new("ESP0110", "a list with a class that is nothing", spot =>
        {
            spot.Set.More = $"/// <summary>Nothing.</summary>\npublic class {spot.NewName("Nothing")};";
            spot.Last.Text = $"«typeof({spot.NewName("Nothing")})»";
        }),
        new("ESP0110", "a list with an array", spot => spot.First.Text = "«typeof(int[])»"),
        new("ESP0110", "a list with a type of the framework", spot => spot.First.Text = "«typeof(string)»"),
        new("ESP0110", "a list with a type of two arguments", spot => spot.Last.Text = "«typeof(System.Collections.Generic.Dictionary<,>)»"),
        new("ESP0110", "a list with null", spot => spot.Model.Sequential = $"Sequential(typeof({spot.First.Layer.Reference}), «null»)"),
        new("ESP0110", "an array with a structure", spot => spot.Model.Sequential = "Sequential(new[] { «typeof(double)» })"),

        new("ESP0111", "no list", spot => spot.Model.Sequential = "«Sequential»"),
        new("ESP0111", "an empty list", spot => spot.Model.Sequential = "«Sequential()»"),
        new("ESP0111", "an empty array", spot => spot.Model.Sequential = "«Sequential(new System.Type[0])»"),
        new("ESP0111", "an empty initializer", spot => spot.Model.Sequential = "«Sequential(new System.Type[] { })»"),
        new("ESP0111", "an empty collection", spot => spot.Model.Sequential = "«Sequential([])»"),

        new("ESP0112", "an internal layer that no model lists", spot => Unlisted(spot, "internal partial")),
        new("ESP0112", "a layer without modifiers", spot => Unlisted(spot, "partial", "Tanh")),
        new("ESP0112", "a sealed layer with all three attributes", spot => Unlisted(spot, "internal sealed partial", "Quantize(Int8)", "Prune(0.9)", "Codebook(16)")),
        new("ESP0112", "a private layer in a public class", spot => UnlistedIn(spot, "public partial class Holder", "private partial")),
        new("ESP0112", "a public layer in an internal class", spot => UnlistedIn(spot, "internal partial class Holder", "public partial")),
        new("ESP0112", "a protected layer in an internal class", spot => UnlistedIn(spot, "internal partial class Holder", "protected partial")),
        new("ESP0112", "a layer whose place another one has", spot =>
        {
            var replaced = spot.Last.Layer;
            var layer = OwnLayer.Add(spot, replaced.Inputs, replaced.Outputs);
            spot.Model.Places[^1] = new Place(layer);
            replaced.Modifiers = "internal partial";
            Mark(replaced);
        }),
    ];

    private static void Unlisted(Spot spot, string modifiers, params string[] attributes)
    {
        var layer = OwnLayer.Add(spot, 90, 40, attributes);
        layer.Modifiers = modifiers;
        Mark(layer);
    }

    private static void UnlistedIn(Spot spot, string around, string modifiers)
    {
        Unlisted(spot, modifiers);
        spot.Set.Layers[^1].Around.Add(spot.NewName(around));
    }

    private static void NotPartial(ClassText type, string modifiers)
    {
        type.Modifiers = modifiers;
        Mark(type);
    }

    private static void Enclosed(ClassText type, params string[] around)
    {
        type.Around.Clear();
        type.Around.AddRange(around);
        type.Modifiers = "public partial";

        // Two parts would declare twice what is around them.
        type.InTwoParts = false;
        Mark(type);
    }

    private static void Formed(ClassText type, string modifiers, string keyword = "class")
    {
        type.Modifiers = modifiers;
        type.Keyword = keyword;
        if (keyword == "interface" || type.Suffix.Length > 0)
        {
            type.InTwoParts = false;
        }

        Mark(type);
    }

    private static void Mark(ClassText type) => type.Name = $"«{type.Name}»";

    private static void Activated(Spot spot, string first, string second)
    {
        var layer = spot.Last.Layer;
        layer.Remove(LayerText.Activations);
        layer.Attributes.Add(first);
        layer.Attributes.Add($"«{second}»");
    }

    private static void Lonely(Spot spot, string attribute)
    {
        var lonely = new LayerText { Name = spot.NewName("Lonely"), Inputs = 0, Outputs = 0 };
        lonely.Attributes.Add(attribute);
        spot.Set.Layers.Add(lonely);
    }
}
