using System;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// A network computed in scalars straight from its weights, in no particular layout: what training evaluates with. Integer
/// networks give the same bits here as in every compiled kernel; float layers agree within n·ε·Σ|w·x|.
/// </summary>
/// <remarks>Allocates per call: for training, tests and tools.</remarks>
public sealed class Simulation : IPredictor
{
    private readonly ModelWeights _weights;
    private readonly SimulatedStep[] _steps;
    private readonly InputEncoder? _encoder;

    /// <param name="weights">The weights of a model, kept by reference.</param>
    public Simulation(ModelWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights;
        _steps = [.. Enumerable.Range(0, weights.Layers.Length).Select(layer => new SimulatedStep(weights, layer))];
        _encoder = weights.GridOf(LayerGraph.Input) is { } grid ? new InputEncoder(weights.Normalisation, grid) : null;
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length != _weights.Model.Inputs)
        {
            throw new ArgumentException($"{_weights.Model.Name} takes {_weights.Model.Inputs} inputs, but was given {input.Length}.", nameof(input));
        }

        if (output.Length != _weights.Model.Outputs)
        {
            throw new ArgumentException($"{_weights.Model.Name} gives {_weights.Model.Outputs} outputs, but has room for {output.Length}.", nameof(output));
        }

        Trace(input)[^1].Floats.AsSpan().CopyTo(output);
    }

    /// <summary>What every layer gives for an input.</summary>
    internal SimulatedTensor[] Trace(ReadOnlySpan<float> input)
    {
        var entering = _encoder is null ? SimulatedTensor.Of(Normalise(input)) : SimulatedTensor.Encoded(input, _encoder);
        var results = new SimulatedTensor[_steps.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = _steps[i].Run(Array.ConvertAll(_steps[i].Sources, source => source < 0 ? entering : results[source]));
        }

        return results;
    }

    private float[] Normalise(ReadOnlySpan<float> values)
    {
        var normalised = new float[values.Length];
        for (var i = 0; i < normalised.Length; i++)
        {
            normalised[i] = _weights.Normalisation.Apply(values[i]);
        }

        return normalised;
    }
}
