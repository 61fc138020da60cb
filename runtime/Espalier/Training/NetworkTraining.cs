using System;
using System.Linq;
using Espalier.Numerics;
using Espalier.Planning;

namespace Espalier;

/// <summary>A chain of layers while it is trained: buffers for one batch, forward, loss and backward.</summary>
internal sealed class NetworkTraining
{
    private readonly float[][] _activations;
    private readonly float[][] _sums;
    private readonly float[][] _gradients;

    public NetworkTraining(ModelDescription model, Normalisation normalisation, int batch, Optimizer optimizer, RandomNumbers random)
    {
        Model = model;
        Normalisation = normalisation;
        Layers = [.. model.Layers.Select(layer =>
            (LayerKinds.Find(layer.Kind) ?? throw new NotSupportedException($"{model.Name}: layer {layer.Path} is a {layer.Kind}, which this version cannot train.")).BeginTraining(layer, optimizer, random))];
        _activations = [new float[batch * Layers[0].InputStride], .. Layers.Select(layer => new float[batch * layer.OutputStride])];
        _sums = [.. Layers.Select(layer => new float[batch * layer.OutputStride])];
        _gradients = [.. _activations.Select(activations => new float[activations.Length])];
    }

    public ModelDescription Model { get; }

    public Normalisation Normalisation { get; }

    public LayerTraining[] Layers { get; }

    /// <summary>What entered a layer in the last forward pass.</summary>
    public ReadOnlySpan<float> ActivationsBefore(int layer) => _activations[layer];

    /// <summary>A layer's sums in the last forward pass, before the activation.</summary>
    public ReadOnlySpan<float> SumsOf(int layer) => _sums[layer];

    /// <summary>Puts a raw sample into a row of the batch; gives the normalised row.</summary>
    public Span<float> LoadInput(ReadOnlySpan<float> raw, int row)
    {
        var target = _activations[0].AsSpan(row * Layers[0].InputStride, raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            target[i] = Normalisation.Apply(raw[i]);
        }

        return target;
    }

    public void Forward(int batch)
    {
        for (var i = 0; i < Layers.Length; i++)
        {
            var layer = Layers[i];
            layer.Forward(batch, _activations[i], _sums[i]);
            for (var row = 0; row < batch; row++)
            {
                var sums = _sums[i].AsSpan(row * layer.OutputStride, layer.Layer.Outputs);
                var values = _activations[i + 1].AsSpan(row * layer.OutputStride, layer.Layer.Outputs);
                sums.CopyTo(values);
                Activations.Apply(layer.Layer.Activation, values);
            }
        }
    }

    /// <summary>Mean softmax cross-entropy of the batch, with gradients of all weights.</summary>
    public double Backward(ReadOnlySpan<int> labels, float lossScaling)
    {
        var loss = LossGradient(labels, lossScaling);
        for (var i = Layers.Length - 1; i >= 0; i--)
        {
            Layers[i].Backward(labels.Length, _activations[i], _gradients[i + 1], i == 0 ? default : _gradients[i]);
            if (i > 0)
            {
                ActivationGradients.Apply(Layers[i - 1].Layer.Activation, _activations[i], _gradients[i]);
            }
        }

        return loss;
    }

    /// <summary>The outputs of one row of the last forward pass.</summary>
    public ReadOnlySpan<float> Output(int row) => _activations[^1].AsSpan(row * Layers[^1].OutputStride, Model.Outputs);

    /// <summary>The gradient of the loss with respect to the last layer's sums, in place of its activations' gradient.</summary>
    private double LossGradient(ReadOnlySpan<int> labels, float lossScaling)
    {
        var last = Layers[^1];
        var normalised = last.Layer.Activation == Activation.Softmax;
        var total = 0.0;
        Array.Clear(_gradients[^1]);
        for (var row = 0; row < labels.Length; row++)
        {
            var gradient = _gradients[^1].AsSpan(row * last.OutputStride, last.Layer.Outputs);
            Output(row).CopyTo(gradient);
            if (!normalised)
            {
                DeterministicMath.Softmax(gradient);
            }

            // The gradient of −ln p[label] through a softmax is p, less 1 at the label.
            total -= Math.Log(Math.Max(1e-30, gradient[labels[row]]));
            gradient[labels[row]] -= 1;
            foreach (ref var value in gradient)
            {
                value *= lossScaling / labels.Length;
            }
        }

        if (!normalised)
        {
            ActivationGradients.Apply(last.Layer.Activation, _activations[^1], _gradients[^1]);
        }

        return total / labels.Length;
    }
}
