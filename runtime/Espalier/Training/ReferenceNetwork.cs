using System;
using System.Linq;
using System.Runtime.InteropServices;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier;

/// <summary>The runtime's own dense fp32 path: every weight, in vectors of the widest kind, without compression and without generated code. Thread-safe.</summary>
public sealed class ReferenceNetwork : IPredictor
{
    private readonly Normalisation _normalisation;
    private readonly ReferenceLayer?[] _layers;
    private readonly SimulatedStep?[] _steps;
    private readonly bool _isChain;
    private readonly int _widest;

    /// <summary>Takes the weights of a model as dense fp32, whatever they are stored as.</summary>
    /// <param name="weights">The weights.</param>
    public ReferenceNetwork(ModelWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Model = weights.Model;
        _normalisation = weights.Normalisation;
        var plain = PlainWeights.Describe(Model);
        _layers = [.. weights.Layers.Select(layer => layer.Layer.HasWeights ? new ReferenceLayer(layer) : null)];
        _steps = [.. weights.Layers.Select((layer, i) => layer.Layer.HasWeights ? null : SimulatedStep.OfFloats(plain, i))];
        _isChain = weights.Layers.Select((layer, i) => layer.Layer.Kind == LayerKinds.Dense && Model.SourcesOf(i) is [var source] && source == i - 1).All(isLink => isLink);
        _widest = _layers.Max(layer => layer is null ? 0 : Math.Max(layer.Columns, layer.Stride));
    }

    /// <summary>The model.</summary>
    public ModelDescription Model { get; }

    /// <summary>Bytes of all weights and biases in fp32.</summary>
    public long Bytes => 4 * Model.Parameters;

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length != Model.Inputs || output.Length != Model.Outputs)
        {
            Kernels.Arguments.ThrowLengths(Model.Name, Model.Inputs, input.Length, Model.Outputs, output.Length);
        }

        if (!_isChain)
        {
            Trace(input)[^1].CopyTo(output);
            return;
        }

        const int stackLimit = 2048;
        Span<float> current = _widest <= stackLimit ? stackalloc float[_widest] : new float[_widest];
        Span<float> next = _widest <= stackLimit ? stackalloc float[_widest] : new float[_widest];
        _normalisation.Apply(input, current);
        foreach (var layer in _layers)
        {
            layer!.Dense(ref MemoryMarshal.GetReference(current), ref MemoryMarshal.GetReference(next));
            Activations.Apply(layer.Activation, next[..layer.Rows]);
            var swap = current;
            current = next;
            next = swap;
        }

        current[..output.Length].CopyTo(output);
    }

    /// <summary>What every layer gives for an input, images channel by channel.</summary>
    internal float[][] Trace(ReadOnlySpan<float> input)
    {
        var entering = new float[input.Length];
        _normalisation.Apply(input, entering);
        var results = new float[_layers.Length][];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = _layers[i] is { } layer
                ? layer.Run(Model.SourcesOf(i)[0] is >= 0 and var source ? results[source] : entering)
                : _steps[i]!.Run(Array.ConvertAll(_steps[i]!.Sources, from => SimulatedTensor.Of(from < 0 ? entering : results[from]))).Floats!;
        }

        return results;
    }

    /// <summary>The weights again, described without compression.</summary>
    internal ModelWeights ToWeights()
    {
        var plain = PlainWeights.Describe(Model);
        return new ModelWeights(plain, _normalisation, [.. _layers.Select((layer, place) => layer?.ToWeights(plain.Layers[place]) ?? (LayerWeights)new WeightlessLayerWeights(plain.Layers[place]))]);
    }
}
