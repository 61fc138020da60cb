using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Espalier.Kernels;
using Espalier.Numerics;
using Espalier.Planning;

namespace Espalier;

/// <summary>The layers of a model while they are trained, in the order of its graph: buffers for one batch, forward, loss and backward.</summary>
internal sealed class NetworkTraining
{
    private readonly GraphEdges _edges;
    private readonly AlignedMemory[] _activations;
    private readonly AlignedMemory[] _sums;
    private readonly AlignedMemory?[] _gradients;
    private readonly DropoutMask?[] _masks;
    private readonly WinnerHandOver _handOver;

    /// <summary>What enters each layer; a copy where the layer rounds what others read too.</summary>
    private readonly AlignedMemory[][] _inputs;

    /// <summary>Where the gradients of what entered each layer go in the pass that is under way.</summary>
    private readonly AlignedMemory?[][] _targets;

    /// <summary>Take gradients of tensors that other layers have given one already; each as long as the largest.</summary>
    private readonly List<AlignedMemory> _further = [];

    public NetworkTraining(ModelDescription model, Normalisation normalisation, int batch, Optimizer optimizer, RandomNumbers random, LowPrecisionSettings? settings = null)
    {
        Model = model;
        Normalisation = normalisation;
        Batch = batch;
        _edges = new GraphEdges(model);
        Layers = [.. model.Layers.Select((layer, i) =>
            (LayerKinds.Find(layer.Kind) ?? throw new NotSupportedException($"{model.Name}: layer {layer.Path} is a {layer.Kind}, which this version cannot train."))
                .BeginTraining(new TrainingStart(layer, [.. model.SourcesOf(i).Select(source => source < 0 ? model.InputShape : model.Layers[source].OutputShape)], batch, optimizer, random, settings ?? LowPrecisionSettings.Usual)))];
        Weighted = [.. Layers.OfType<WeightedTraining>()];
        _activations = [Rows(batch, MatrixProduct.Padded(model.Inputs)), .. Layers.Select(layer => Rows(batch, layer.OutputStride))];

        // Sums are kept beside results where an activation makes others of them; layers without weights work in place.
        _sums = [.. Layers.Select((layer, i) => layer is WeightedTraining { Layer.Activation: not Activation.None } ? Rows(batch, layer.OutputStride) : _activations[i + 1])];
        _gradients = [.. _activations.Select((activations, tensor) => _edges.WantsGradient(tensor) ? new AlignedMemory(activations.Length) : null)];
        _masks = [.. Layers.Select(layer => layer.Layer.Dropout > 0 ? new DropoutMask(layer, batch, random) : null)];
        _targets = [.. Layers.Select((_, i) => new AlignedMemory?[_edges.TensorsBefore(i).Length])];
        _handOver = new WinnerHandOver(Layers, _edges);
        _inputs = [.. Layers.Select((_, i) => Array.ConvertAll(_edges.TensorsBefore(i), tensor => _activations[tensor]))];
    }

    public ModelDescription Model { get; }

    /// <summary>The most rows of a batch.</summary>
    public int Batch { get; }

    public Normalisation Normalisation { get; }

    /// <summary>All layers, each after those that it takes from.</summary>
    public LayerTraining[] Layers { get; }

    /// <summary>Those with weights, in the same order.</summary>
    public WeightedTraining[] Weighted { get; }

    /// <summary>Whether the gradients of the last backward pass are finite numbers.</summary>
    public bool GradientsAreFinite => Array.TrueForAll(Layers, layer => layer.GradientsAreFinite);

    /// <summary>Rounds weights and activations to their grids in every pass; null for passes in full precision.</summary>
    public QuantizationAwareness? Awareness { get; set; }

    /// <summary>What entered a layer in the last forward pass; of several tensors the first.</summary>
    public ReadOnlySpan<float> ActivationsBefore(int layer) => _inputs[layer][0].As<float>();

    /// <summary>What left a layer in the last forward pass.</summary>
    public ReadOnlySpan<float> ActivationsBehind(int layer) => _activations[layer + 1].As<float>();

    /// <summary>A layer's sums in the last forward pass, before the activation; of layers without weights what left them.</summary>
    public ReadOnlySpan<float> SumsOf(int layer) => _sums[layer].As<float>();

    /// <summary>Puts a raw sample into a row of the batch; gives the normalised row.</summary>
    public Span<float> LoadInput(ReadOnlySpan<float> raw, int row)
    {
        var target = _activations[0].As<float>().Slice(row * MatrixProduct.Padded(Model.Inputs), raw.Length);
        Normalisation.Apply(raw, target);
        return target;
    }

    /// <summary>Batch normalisation goes into weights and biases, for good.</summary>
    public void Fold()
    {
        foreach (var layer in Weighted)
        {
            layer.Fold();
        }
    }

    /// <param name="batch">Rows.</param>
    /// <param name="learns">Whether a backward pass may follow: batches are normalised by themselves and results dropped. Otherwise the pass is one of inference.</param>
    public void Forward(int batch, bool learns)
    {
        Awareness?.RoundWeights();
        for (var i = 0; i < Layers.Length; i++)
        {
            var layer = Layers[i];
            var sums = _sums[i].As<float>();
            var values = _activations[i + 1].As<float>();
            RoundInputs(i, batch);
            layer.Forward(batch, _inputs[i], sums, learns);
            Activate(layer, batch, sums, values);
            layer.Roles.RoundOutputs(values[..(batch * layer.OutputStride)], i + 1 == Layers.Length);
            if (learns)
            {
                _masks[i]?.Drop(batch, values);
            }
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
        Span<bool> isGiven = stackalloc bool[_activations.Length];
        isGiven.Clear();
        for (var i = Layers.Length - 1; i >= 0; i--)
        {
            // Every layer that reads this one's results comes after it: their gradients are complete.
            if (_gradients[i + 1] is null)
            {
                continue;
            }

            if (_handOver.PoolBehind(i, Awareness) is { } pool)
            {
                // What the activation does to the others does not matter: their gradients are 0.
                var winners = GradientsOf(pool, batch);
                ActivationGradients.Apply(Layers[i].Layer.Activation, BeforeDropout(pool), winners);
                GradientsBefore(i, batch, winners, isGiven, (MaxPoolTraining)Layers[pool]);
                continue;
            }

            var gradients = GradientsOf(i, batch);
            if (i + 1 < Layers.Length)
            {
                _masks[i]?.Multiply(batch, gradients);
                ActivationGradients.Apply(Layers[i].Layer.Activation, BeforeDropout(i), gradients);
            }

            Layers[i].Roles.RoundGradients(gradients);
            if (!_handOver.HandsOver(i, Awareness))
            {
                GradientsBefore(i, batch, gradients, isGiven);
            }
        }

        Awareness?.RestoreWeights();
    }

    private Span<float> GradientsOf(int layer, int batch) => _gradients[layer + 1]!.As<float>()[..(batch * Layers[layer].OutputStride)];

    private ReadOnlySpan<float> BeforeDropout(int layer) => _masks[layer] is { } mask ? mask.Values : ActivationsBehind(layer);

    /// <summary>The gradients of a layer's weights and of what entered it, which are added to those that other layers have given the same tensors.</summary>
    private void GradientsBefore(int layer, int batch, ReadOnlySpan<float> gradients, Span<bool> isGiven, MaxPoolTraining? pool = null)
    {
        var tensors = _edges.TensorsBefore(layer);
        var targets = _targets[layer];
        for (var at = 0; at < tensors.Length; at++)
        {
            targets[at] = _gradients[tensors[at]];
            if (targets[at] is not null && (isGiven[tensors[at]] || Array.IndexOf(tensors, tensors[at]) < at))
            {
                targets[at] = Further(at);
            }
        }

        if (pool is not null)
        {
            ((ConvolutionTraining)Layers[layer]).BackwardOfWinners(batch, _inputs[layer][0].As<float>(), pool.Winners(gradients), targets[0] is { } first ? first.As<float>() : default);
        }
        else
        {
            Layers[layer].Backward(batch, _inputs[layer], gradients, targets);
        }

        for (var at = 0; at < tensors.Length; at++)
        {
            if (targets[at] is not { } target)
            {
                continue;
            }

            var given = target.As<float>()[..(_gradients[tensors[at]]!.Length / sizeof(float) / Batch * batch)];
            if (at == 0)
            {
                Awareness?.StopClipped(layer, given);
            }

            if (target != _gradients[tensors[at]])
            {
                Scaling.Add(given, _gradients[tensors[at]]!.As<float>());
            }

            isGiven[tensors[at]] = true;
        }
    }

    /// <summary>The outputs of one row of the last forward pass.</summary>
    public ReadOnlySpan<float> Output(int row) => _activations[^1].As<float>().Slice(row * Layers[^1].OutputStride, Model.Outputs);

    /// <summary>The gradient of the loss with respect to the last layer's sums, in place of its activations' gradient.</summary>
    private double LossGradient(ReadOnlySpan<int> labels, float lossScaling, Distillation? distillation, ReadOnlySpan<float> teacher)
    {
        var last = Layers[^1];
        var outputs = last.Layer.Outputs;
        var normalised = last.Layer.Activation == Activation.Softmax;
        var gradients = _gradients[^1]!.As<float>();
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

    /// <summary>Rounds what enters a layer: in place where nothing else reads it.</summary>
    private void RoundInputs(int layer, int batch)
    {
        var roles = Layers[layer].Roles;
        if (!roles.RoundsInputs && Awareness is null)
        {
            return;
        }

        var rows = batch * Layers[layer].InputStride;
        var tensor = _edges.TensorsBefore(layer)[0];
        if (_edges.ConsumersOf(tensor) > 1 && (roles.RoundsInputs || Awareness!.Rounds(layer)))
        {
            if (_inputs[layer][0] == _activations[tensor])
            {
                _inputs[layer][0] = new AlignedMemory(_activations[tensor].Length);
            }

            _activations[tensor].As<float>()[..rows].CopyTo(_inputs[layer][0].As<float>());
        }

        var values = _inputs[layer][0].As<float>()[..rows];
        roles.RoundInputs(values);
        Awareness?.RoundActivations(layer, values);
    }

    private static void Activate(LayerTraining layer, int batch, ReadOnlySpan<float> sums, Span<float> values)
    {
        if (layer.Layer.Activation == Activation.Relu)
        {
            Rectify(sums[..(batch * layer.OutputStride)], values);
            return;
        }

        if (layer.Layer.Activation == Activation.None)
        {
            return;
        }

        for (var row = 0; row < batch; row++)
        {
            var part = values.Slice(row * layer.OutputStride, layer.Layer.Outputs);
            sums.Slice(row * layer.OutputStride, part.Length).CopyTo(part);
            Activations.Apply(layer.Layer.Activation, part);
        }
    }

    /// <summary>Memory for gradients that are added to others, for one of the tensors that enter a layer.</summary>
    private AlignedMemory Further(int at)
    {
        while (_further.Count <= at)
        {
            _further.Add(new AlignedMemory(_activations.Max(activations => activations.Length)));
        }

        return _further[at];
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
