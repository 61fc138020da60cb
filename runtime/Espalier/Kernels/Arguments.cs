using System;
using System.Diagnostics.CodeAnalysis;

namespace Espalier.Kernels;

/// <summary>The exceptions of generated methods, kept out of them so that they stay small.</summary>
public static class Arguments
{
    /// <summary>Says which span of <c>Predict</c> has the wrong length.</summary>
    [DoesNotReturn]
    public static void ThrowLengths(string name, int inputs, int givenInputs, int outputs, int givenOutputs) =>
        throw (givenInputs != inputs
            ? new ArgumentException($"{name} takes {inputs} inputs, but was given {givenInputs}.", "input")
            : new ArgumentException($"{name} gives {outputs} outputs, but has room for {givenOutputs}.", "output"));

    /// <summary>Says which span of <c>PredictBatch</c> has the wrong length.</summary>
    [DoesNotReturn]
    public static void ThrowBatchLengths(string name, int inputs, int givenInputs, int outputs, int givenOutputs) =>
        throw (givenInputs % inputs != 0
            ? new ArgumentException($"{name} takes batches of {inputs} inputs a sample, but {givenInputs} is no multiple of that.", nameof(inputs))
            : new ArgumentException($"{name} gives {outputs} outputs a sample, so {givenInputs / inputs * outputs} for this batch, but has room for {givenOutputs}.", nameof(outputs)));

    /// <summary>Says that no kernel was generated for a tier.</summary>
    public static Exception UnknownTier(InstructionTier tier) =>
        new NotSupportedException($"The generated kernels know nothing of tier {tier}: the library is newer than the generator that wrote them. Build again.");

    /// <summary>Turns numbers of threads away that nothing can run on.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public static int CheckThreads(int threads) => threads >= 1
        ? threads
        : throw new ArgumentOutOfRangeException(
            nameof(threads), threads, "Predictions run on 1 thread, the caller's, or on more: give 1 or leave it out for one thread, or as many as processors may be used, up to Environment.ProcessorCount.");

    /// <summary>Turns weights of another layer away.</summary>
    /// <exception cref="ArgumentException">Kind, shape or arithmetic differ.</exception>
    public static void CheckLayer(LayerDescription layer, LayerWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var given = weights.Layer;
        if (given.Kind != layer.Kind || given.Inputs != layer.Inputs || given.Outputs != layer.Outputs || given.IsInteger != layer.IsInteger || given.TakesPlanes != layer.TakesPlanes)
        {
            throw new ArgumentException(
                $"Layer {layer.Path} is {layer.Kind} ({layer.Inputs}, {layer.Outputs}) with {layer.Quantization.Weights} weights{Inputs(layer)}, but was given weights of {given.Path}: {given.Kind} ({given.Inputs}, {given.Outputs}) with {given.Quantization.Weights}{Inputs(given)}.", nameof(weights));
        }
    }

    private static string Inputs(LayerDescription layer) => layer.TakesPlanes ? " and 14-bit inputs" : "";

    /// <summary>Turns weights of another model away.</summary>
    /// <exception cref="ArgumentException">A layer differs in kind, shape, activation or arithmetic.</exception>
    public static void CheckModel(ModelDescription model, ModelWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!ReferenceEquals(model, weights.Model))
        {
            // Building them anew against the model runs every check of places and grids.
            _ = new ModelWeights(model, weights.Normalisation, weights.Layers);
        }
    }
}
