using System.Reflection;
using System.Runtime.Loader;

namespace Espalier.Corpus.Tests;

/// <summary>Loads compiled sets and trains their models through the public interface.</summary>
internal sealed class LoadedSets
{
    private const int Samples = 24;

    private readonly Assembly _assembly;

    public LoadedSets(CorpusCompilation compiled)
    {
        var image = compiled.Image ?? throw new InvalidOperationException("The sets were compiled without their assembly.");
        image.Position = 0;
        _assembly = new AssemblyLoadContext(null).LoadFromStream(image);
    }

    /// <summary>Trains a model for a few steps and predicts with what comes out.</summary>
    /// <returns>The artifact and the predicted numbers.</returns>
    public (Artifact Artifact, float[] Scores) Train(string model, int seed) => ((Artifact, float[]))typeof(LoadedSets)
        .GetMethod(nameof(TrainModel), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(_assembly.GetType(model, throwOnError: true)!)
        .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [seed], null)!;

    private static (Artifact Artifact, float[] Scores) TrainModel<TModel>(int seed)
        where TModel : IModel<TModel>
    {
        var description = TModel.Description;
        var (inputs, outputs) = (description.Layers[0].Inputs, description.Layers[^1].Outputs);
        var random = new Random(seed);
        var samples = new LabelledSamples(
            [.. Enumerable.Range(0, Samples * inputs).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, Samples).Select(i => i % outputs)], inputs);
        var trained = new Training<TModel>(new TrainingOptions { Epochs = 1, BatchSize = 8 }).Run(samples, samples.Select([0, 1, 2, 3]), TestContext.Current.CancellationToken);
        var scores = new float[outputs];
        TModel.Create(trained.Weights).Predict(samples.Input(5), scores);
        return (Artifact.From(trained), scores);
    }
}
