using Espalier;

namespace Digits;

/// <summary>How the digits are trained: chosen on the validation part.</summary>
internal static class Recipe
{
    public static TrainingOptions Options(int seed) => new() { Seed = seed, PruneEpochs = 200, ShareEpochs = 60 };

    public static TrainedModel Train<TModel>(DigitsData data, int seed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
        where TModel : IModel<TModel> =>
        new Training<TModel>(Options(seed)) { Progress = progress }.Run(data.Train, data.Validation, cancellation);
}
