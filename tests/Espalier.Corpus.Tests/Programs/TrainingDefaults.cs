namespace Espalier.Corpus.Tests;

/// <summary>Chooses <c>[Train]</c> of a model: gradients in fp16 get the loss scaling that they need.</summary>
internal static class TrainingDefaults
{
    public static string? Of(Random random, IReadOnlyList<LayerText> layers)
    {
        var settings = new List<string>();
        if (layers.Any(layer => layer["Quantize"]?.Contains("Gradients = Fp16") == true))
        {
            settings.Add(random.OnceIn(2) ? "DynamicLossScaling = true" : "LossScaling = 128");
        }

        if (random.OnceIn(4))
        {
            settings.Add("LearningRate = " + random.Of("0.001", "0.01"));
        }

        if (random.OnceIn(4))
        {
            settings.Add("BatchSize = " + random.Of("4", "16"));
        }

        if (random.OnceIn(6))
        {
            settings.Add("Epochs = 2");
        }

        if (random.OnceIn(3) && layers.Any(layer => layer["Prune"] is not null))
        {
            settings.Add("PruningScope = PruningScope." + random.Of("Global", "PerLayer"));
        }

        return settings.Count == 0 ? null : $"Train({string.Join(", ", settings)})";
    }
}
