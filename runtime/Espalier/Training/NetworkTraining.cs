using System;
using System.Linq;
using System.Numerics;
using Espalier.Kernels;
using Espalier.Numerics;
using Espalier.Planning;

namespace Espalier;

/// <summary>A chain of layers while it is trained: buffers for one batch, forward, loss and backward.</summary>
internal sealed class NetworkTraining
{
    private readonly AlignedMemory[] _activations;
    private readonly AlignedMemory[] _sums;
    private readonly AlignedMemory[] _gradients;

    public NetworkTraining(ModelDescription model, Normalisation normalisation, int batch, Optimizer optimizer, RandomNumbers random, LowPrecisionSettings? settings = null)
    {
        Model = model;
        Normalisation = normalisation;
        Layers = [.. model.Layers.Select(layer =>
            (LayerKinds.Find(layer.Kind) ?? throw new NotSupportedException($"{model.Name}: layer {layer.Path} is a {layer.Kind}, which this version cannot train.")).BeginTraining(layer, batch, optimizer, random, settings ?? LowPrecisionSettings.Usual))];
        Batch = batch;
        _activations = [Rows(batch, Layers[0].InputStride), .. Layers.Select(layer => Rows(batch, layer.OutputStride))];
        _sums = [.. Layers.Select(layer => Rows(batch, layer.OutputStride))];
        _gradients = [.. _activations.Select(activations => new AlignedMemory(activations.Length))];
    }

    public ModelDescription Model { get; }

    /// <summary>The most rows of a batch.</summary>
    public int Batch { get; }

    public Normalisation Normalisation { get; }

    public LayerTraining[] Layers { get; }

    /// <summary>Whether the gradients of the last backward pass are finite numbers.</summary>
    public bool GradientsAreFinite => Array.TrueForAll(Layers, layer => layer.GradientsAreFinite);

    /// <summary>Rounds weights and activations to their grids in every pass; null for passes in full precision.</summary>
    public QuantizationAwareness? Awareness { get; set; }

    /// <summary>What entered a layer in the last forward pass.</summary>
    public ReadOnlySpan<float> ActivationsBefore(int layer) => _activations[layer].As<float>();

    /// <summary>A layer's sums in the last forward pass, before the activation.</summary>
    public ReadOnlySpan<float> SumsOf(int layer) => _sums[layer].As<float>();

    /// <summary>Puts a raw sample into a row of the batch; gives the normalised row.</summary>
    public Span<float> LoadInput(ReadOnlySpan<float> raw, int row)
    {
        var target = _activations[0].As<float>().Slice(row * Layers[0].InputStride, raw.Length);
        Normalisation.Apply(raw, target);
        return target;
    }

    public void Forward(int batch)
    {
        Awareness?.RoundWeights();
        for (var i = 0; i < Layers.Length; i++)
        {
            var layer = Layers[i];
            var sums = SumsOf(i);
            var values = _activations[i + 1].As<float>();
            layer.Roles.RoundInputs(_activations[i].As<float>()[..(batch * layer.InputStride)]);
            Awareness?.RoundActivations(i, _activations[i].As<float>()[..(batch * layer.InputStride)]);
            layer.Forward(batch, ActivationsBefore(i), _sums[i].As<float>());
            Activate(layer, batch, sums, values);
            layer.Roles.RoundOutputs(values[..(batch * layer.OutputStride)], i + 1 == Layers.Length);
        }
    }

    /// <summary>Mean softmax cross-entropy of the batch, with gradients of all weights.</summary>
    /// <param name="labels">A label for each row.</param>
    /// <param name="lossScaling">A factor on all gradients.</param>
    /// <param name="distillation">How a teacher takes part, or null.</param>
    /// <param name="teacher">The teacher's scores, row after row.</param>
    public double Backward(ReadOnlySpan<int> labels, float lossScaling, Distillation? distillation = null, ReadOnlySpan<float> teacher = default)
    {
        var loss = LossGradient(labels, lossScaling, distillation, teacher);
        Backpropagate(labels.Length);
        return loss;
    }

    /// <summary>Gradients of all weights and of the activations between layers from that of the loss.</summary>
    public void Backpropagate(int batch)
    {
        for (var i = Layers.Length - 1; i >= 0; i--)
        {
            Layers[i].Roles.RoundGradients(_gradients[i + 1].As<float>()[..(batch * Layers[i].OutputStride)]);
            Layers[i].Backward(batch, ActivationsBefore(i), _gradients[i + 1].As<float>(), i == 0 ? default : _gradients[i].As<float>());
            if (i > 0)
            {
                Awareness?.StopClipped(i, _gradients[i].As<float>()[..(batch * Layers[i].InputStride)]);
                ActivationGradients.Apply(Layers[i - 1].Layer.Activation, ActivationsBefore(i), _gradients[i].As<float>()[..(batch * Layers[i].InputStride)]);
            }
        }

        Awareness?.RestoreWeights();
    }

    /// <summary>The outputs of one row of the last forward pass.</summary>
    public ReadOnlySpan<float> Output(int row) => _activations[^1].As<float>().Slice(row * Layers[^1].OutputStride, Model.Outputs);

    /// <summary>The gradient of the loss with respect to the last layer's sums, in place of its activations' gradient.</summary>
    private double LossGradient(ReadOnlySpan<int> labels, float lossScaling, Distillation? distillation, ReadOnlySpan<float> teacher)
    {
        var last = Layers[^1];
        var outputs = last.Layer.Outputs;
        var normalised = last.Layer.Activation == Activation.Softmax;
        var gradients = _gradients[^1].As<float>();
        var total = 0.0;
        gradients.Clear();
        for (var row = 0; row < labels.Length; row++)
        {
            // A softmax at the end is the one of the loss.
            var scores = normalised ? SumsOf(Layers.Length - 1).Slice(row * last.OutputStride, outputs) : Output(row);
            var gradient = gradients.Slice(row * last.OutputStride, outputs);
            total += distillation is null
                ? SoftmaxLoss.CrossEntropy(scores, labels[row], gradient)
                : SoftmaxLoss.Distilled(scores, labels[row], teacher.Slice(row * outputs, outputs), distillation, gradient);
            foreach (ref var value in gradient)
            {
                value *= lossScaling / labels.Length;
            }
        }

        if (!normalised)
        {
            ActivationGradients.Apply(last.Layer.Activation, _activations[^1].As<float>(), gradients);
        }

        return total / labels.Length;
    }

    private static void Activate(LayerTraining layer, int batch, ReadOnlySpan<float> sums, Span<float> values)
    {
        if (layer.Layer.Activation == Activation.Relu)
        {
            Rectify(sums[..(batch * layer.OutputStride)], values);
            return;
        }

        for (var row = 0; row < batch; row++)
        {
            var part = values.Slice(row * layer.OutputStride, layer.Layer.Outputs);
            sums.Slice(row * layer.OutputStride, part.Length).CopyTo(part);
            Activations.Apply(layer.Layer.Activation, part);
        }
    }

    private static AlignedMemory Rows(int batch, int stride) => new(checked(batch * stride * sizeof(float)));

    /// <summary>Rows with their padding, which is 0 and stays so. Written so that NaN becomes 0, as everywhere.</summary>
    private static void Rectify(ReadOnlySpan<float> sums, Span<float> values)
    {
        for (var i = 0; i < sums.Length; i += Vector<float>.Count)
        {
            var sum = new Vector<float>(sums[i..]);
            Vector.ConditionalSelect(Vector.GreaterThan(sum, Vector<float>.Zero), sum, Vector<float>.Zero).CopyTo(values[i..]);
        }
    }
}
