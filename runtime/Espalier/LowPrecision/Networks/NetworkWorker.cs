using System;
using System.Linq;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>One thread of asynchronous training: runs mini-batches over its own buffers and adds its steps to the shared weights.</summary>
internal sealed class NetworkWorker(SharedLayer[] layers, SharedSamples samples, BuckwildOptions options, RandomLanes random)
{
    private readonly LayerWorker[] _layers = [.. layers.Select(layer => new LayerWorker(layer, options.BatchSize))];
    private readonly AlignedMemory _inputs = new(checked(options.BatchSize * layers[0].InputStride * sizeof(float)));

    /// <summary>The sum of losses of a batch, before its step.</summary>
    /// <param name="members">Samples.</param>
    /// <param name="rate">The step size.</param>
    public double Batch(ReadOnlySpan<int> members, float rate)
    {
        var inputs = _inputs.As<float>();
        for (var row = 0; row < members.Length; row++)
        {
            samples.Decode(members[row], inputs[(row * layers[0].InputStride)..]);
        }

        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i].Forward(members.Length, i == 0 ? inputs : _layers[i - 1].Outputs);
        }

        var loss = LossGradient(members);
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            _layers[i].Backward(members.Length, i == 0 ? inputs : _layers[i - 1].Outputs, i == 0 ? default : _layers[i - 1].OutputGradient);
        }

        foreach (var layer in _layers)
        {
            layer.Update(rate, options.Rounding, random);
        }

        return loss;
    }

    private double LossGradient(ReadOnlySpan<int> members)
    {
        var last = _layers[^1];
        var (outputs, stride) = (last.Shared.Layer.Outputs, last.Shared.OutputStride);
        var total = 0.0;
        for (var row = 0; row < members.Length; row++)
        {
            var gradient = last.OutputGradient.Slice(row * stride, outputs);
            total += SoftmaxLoss.CrossEntropy(last.Outputs.Slice(row * stride, outputs), samples.Labels[members[row]], gradient);
            foreach (ref var value in gradient)
            {
                value /= members.Length;
            }
        }

        return total;
    }
}
