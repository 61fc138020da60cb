using System;

namespace Espalier;

/// <summary>Turns away what cannot be trained, before anything is computed. Analyzers say the same while typing.</summary>
internal static class TrainableModels
{
    public static void Check(ModelDescription model)
    {
        if (model.Layers.IsDefaultOrEmpty)
        {
            throw new ArgumentException($"{model.Name} has no layers.");
        }

        GraphCheck.Run(model);
        for (var i = 0; i < model.Layers.Length; i++)
        {
            var layer = model.Layers[i];
            if (layer.Activation == Activation.Softmax && i + 1 < model.Layers.Length)
            {
                throw new ArgumentException($"{model.Name}: layer {layer.Path} has Softmax, which only the last layer can have.");
            }

            if (layer.Dropout is not (>= 0 and < 1) || (layer.Dropout > 0 && i + 1 == model.Layers.Length))
            {
                throw new ArgumentException($"{model.Name}: layer {layer.Path} has a dropout of {layer.Dropout}; it is a share from 0 to below 1, and of the last layer's results none can be left out.");
            }

            if (layer.BatchNorm is { } normalisation && !(normalisation is { Epsilon: > 0, Momentum: > 0 and <= 1 } && layer.HasWeights && layer.Bias))
            {
                throw new ArgumentException($"{model.Name}: layer {layer.Path} has {normalisation}; batch normalisation takes an epsilon above 0 and a momentum above 0 and up to 1, and stands behind weights with a bias, which is its shift.");
            }

            if (layer.BatchNorm is not null && !layer.Quantization.MasterWeights && layer.Quantization.Weights != Precision.Fp32)
            {
                throw new ArgumentException($"{model.Name}: layer {layer.Path} has batch normalisation, which is folded into full-precision weights, but no master weights; switch off one of the two.");
            }

            if (layer.Quantization.Accumulators is var sums && !(sums is Precision.Fp32 or Precision.Fp16 or Precision.Bf16 || (sums == Precision.Int32 && layer.IsInteger)))
            {
                throw new ArgumentException(
                    $"{model.Name}: layer {layer.Path} has {sums} accumulators beside {layer.Quantization.Weights} weights and {layer.Quantization.Inputs} inputs; sums are Fp32, Fp16 or Bf16, and Int32 in integer layers.");
            }

            if (layer.Quantization.Gradients is Precision.Int32 or Precision.Ternary or Precision.Binary)
            {
                throw new ArgumentException($"{model.Name}: layer {layer.Path} has {layer.Quantization.Gradients} gradients; take Fp32, Fp16, Bf16, Int16, Int8 or Int4.");
            }

            if (layer.Codebook is { Clusters: < 2 or > 256 } codebook)
            {
                throw new ArgumentException($"{model.Name}: layer {layer.Path} has {codebook.Clusters} clusters; a codebook has 2 to 256, the reserved zero included.");
            }

            if (layer.Pruning is { } pruning && !(pruning.Sparsity is >= 0 and < 1))
            {
                throw new ArgumentException($"{model.Name}: layer {layer.Path} has a sparsity of {pruning.Sparsity}; it is a share from 0 to below 1.");
            }

            if (layer.Pruning is { GroupSize: not 0 } groups && (groups.KeptOfGroup is null || !Planning.SparsityGroups.Divides(groups.GroupSize, layer.WeightColumns)))
            {
                throw new ArgumentException(
                    $"{model.Name}: layer {layer.Path} has {layer.WeightColumns} inputs and is pruned to a sparsity of {groups.Sparsity} in groups of {groups.GroupSize}; groups divide the inputs, and (1 - sparsity) times their size is whole, from 1 to below the size.");
            }

            // Sums reach 2·top·weightTop·inputs (products, and the share of the zero point), and the bias takes 2²⁹ besides.
            var limit = (int.MaxValue - Kernels.IntegerConstants.BiasLimit) / Math.Max(1, 2 * Planning.ActivationPlanes.PartTop(layer.Quantization.InputTop) * layer.Quantization.WeightTop);
            if (layer.IsInteger && layer.WeightColumns > limit)
            {
                throw new ArgumentException($"{model.Name}: layer {layer.Path} has {layer.WeightColumns} inputs, but 32-bit sums of {layer.Quantization.Weights} weights hold {limit} at most.");
            }
        }
    }
}
