namespace Espalier.Corpus.Tests;

/// <summary>Makes sets that are valid by construction: each choice is one that the attributes' documentation allows.</summary>
internal static class SetGenerator
{
    public static AnnotationSet Valid(int seed, SetShape shape)
    {
        var random = new Random(seed);
        var files = random.OnceIn(3) ? 2 : 1;
        var around = Around(random, seed);
        var layers = Layers(random, seed, Count(random, shape)).ToList();
        var models = new List<ModelText> { Model(random, seed, 0, layers) };
        if (!shape.OneModel)
        {
            // The same layers again, as a shorter chain; and a layer that stands twice where its shape allows.
            if (layers.Count > 1 && random.OnceIn(2))
            {
                models.Add(Model(random, seed, 1, layers.Skip(random.Next(layers.Count)).ToList()));
            }

            if (layers.Find(layer => layer.Inputs == layer.Outputs && LayerText.Activations.All(activation => layer[activation] is null)) is { } square)
            {
                models.Add(Model(random, seed, 2, [square, square]));
            }
        }

        foreach (var type in layers.Concat<ClassText>(models))
        {
            type.File = random.Next(files);
            type.InTwoParts = random.OnceIn(6);
            type.Around.AddRange(around);
            type.Modifiers = (around.Length > 0 ? random.Of("public", "internal") : random.Of("public", "internal", "public sealed", "internal sealed", "")) + " partial";
        }

        return new AnnotationSet { Seed = seed, Layers = layers, Models = models, Namespace = Namespace(random, seed), Files = files };
    }

    // The lesser of two: short chains are more, for each layer has kernels of ten tiers that must be compiled.
    private static int Count(Random random, SetShape shape) =>
        Math.Min(random.Next(shape.FewestLayers, shape.MostLayers + 1), random.Next(shape.FewestLayers, shape.MostLayers + 1));

    private static IEnumerable<LayerText> Layers(Random random, int seed, int count)
    {
        var inputs = Width(random);
        for (var i = 0; i < count; i++)
        {
            var outputs = i > 0 && random.OnceIn(4) ? inputs : Width(random);
            var layer = new LayerText { Name = random.Of("Hidden", "Wide", "Layer", "Stage") + i + Suffix(seed), Inputs = inputs, Outputs = outputs };
            layer.Attributes.Add(Shape(random, inputs, outputs));
            var activation = random.Of<string>(i + 1 < count ? ["", "Relu", "Relu", "Sigmoid", "Tanh"] : ["", "", "Softmax"]);
            if (activation.Length > 0)
            {
                layer.Attributes.Add(activation);
            }

            Compression.AddTo(layer, random);
            inputs = outputs;
            yield return layer;
        }
    }

    private static ModelText Model(Random random, int seed, int index, List<LayerText> layers)
    {
        var model = new ModelText
        {
            Name = random.Of("Net", "Model", "Reader") + index + Suffix(seed),
            Places = layers.Select(layer => new Place(layer)).ToList(),
            AsArray = random.OnceIn(6),
        };
        if (TrainingDefaults.Of(random, layers) is { } train)
        {
            model.Attributes.Add(train);
        }

        if (random.OnceIn(3))
        {
            model.Attributes.Add($"AccuracyFloor({random.Of("0", "0.5", "0.975", "1")})");
        }

        if (random.OnceIn(3))
        {
            model.Attributes.Add($"Coding(CodingGoal.{random.Of("Smallest", "FastStart")})");
        }

        return model;
    }

    private static int Width(Random random) => random.OnceIn(6) ? random.Next(64, 130) : random.Next(5, 40);

    private static string Shape(Random random, int inputs, int outputs) => random.Next(6) switch
    {
        0 => $"Dense(inputs: {inputs}, outputs: {outputs})",
        1 => $"Dense(outputs: {outputs}, inputs: {inputs})",
        2 => $"Dense({inputs}, {outputs}, Bias = false)",
        3 => $"Dense({inputs - 3} + 3, {outputs})",
        _ => $"Dense({inputs}, {outputs})",
    };

    private static string[] Around(Random random, int seed) => random.Next(8) switch
    {
        0 => [$"public static partial class Networks{Suffix(seed)}"],
        1 => [$"public partial struct Box{Suffix(seed)}", $"public partial class Inner{Suffix(seed)}"],
        2 => [$"public partial record Entry{Suffix(seed)}"],
        3 => [$"public partial interface IHolder{Suffix(seed)}"],
        _ => [],
    };

    private static string Namespace(Random random, int seed) => random.Of("", $"N{Suffix(seed)}", $"Corpus.Of{Suffix(seed)}", $"Corpus.Of{Suffix(seed)}.Deep");

    private static string Suffix(int seed) => $"S{seed:D4}";
}
