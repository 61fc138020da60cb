using System;
using System.Linq;

namespace Espalier;

/// <summary>What layers need to know of the options to train below fp32.</summary>
/// <param name="Draw">How stochastic rounding comes by its random numbers.</param>
/// <param name="WeightRange">How far uniform grids of weights reach, in multiples of the bound of the first weights.</param>
internal sealed record LowPrecisionSettings(RandomDraw Draw = RandomDraw.Fresh, double WeightRange = LowPrecisionSettings.UsualRange)
{
    public const double UsualRange = Planning.TrainingDefaults.WeightRange;

    public static LowPrecisionSettings Usual { get; } = new();

    /// <summary>Splicing keeps a full-precision copy of what it prunes, which is what layers without master weights do not have.</summary>
    public static void CheckFor(ModelDescription model, PruningOptions pruning)
    {
        if (pruning.Splicing && model.Layers.FirstOrDefault(layer => layer.Pruning is not null && !layer.Quantization.MasterWeights && layer.Quantization.Weights != Precision.Fp32) is { } layer)
        {
            throw new ArgumentException($"{model.Name}: layer {layer.Path} has no master weights, which Pruning.Splicing needs for pruned weights to return; switch off one of the two.");
        }
    }
}
