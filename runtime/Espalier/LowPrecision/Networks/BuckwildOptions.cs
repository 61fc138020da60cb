using System;

namespace Espalier;

/// <summary>How a network is trained by threads that share its low-precision weights.</summary>
public sealed record BuckwildOptions
{
    /// <summary>Precisions of data and model: 8 or 16 bits or floats of 32 each, e.g. D8M8. Weights have no other copy; biases and sums are fp32.</summary>
    public DmgcSignature Signature { get; init; } = DmgcSignature.D8M8;

    /// <summary>How updates find their place on the weights' grid. Without meaning for models of floats.</summary>
    public Rounding Rounding { get; init; } = Rounding.Stochastic;

    /// <summary>Passes over the training data.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Samples of a mini-batch, from 1 up.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The step size at the start; positive. It falls along half a cosine to nearly nothing.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>What a weight grid reaches to, in units of the largest initial weight, at least 1. Without meaning for models of floats.</summary>
    public float RangeFactor { get; init; } = 4;

    /// <summary>Threads that share the model, from 1 up. With more than one the result differs from run to run.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where random numbers start. With one thread, the same seed gives the same weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How raw inputs become what the first layer sees; the training data's range becomes 0 … 1 unless set.</summary>
    public Normalisation? Normalisation { get; init; }

    internal BuckwildOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Epochs);
        Require(LearningRate > 0 && double.IsFinite(LearningRate), $"LearningRate is {LearningRate}; it must be positive and finite.");
        Require(RangeFactor >= 1 && float.IsFinite(RangeFactor), $"RangeFactor is {RangeFactor}; it is 1 at least and finite.");
        Require(Signature is { IndexBits: null, Gradient: null, Communication: null }, $"Signature is {Signature}; networks are trained with dense data, without G and C, e.g. D8M8.");
        Normalisation?.Validate();
        return this;

        static void Require(bool condition, string message)
        {
            if (!condition)
            {
                throw new ArgumentException(message);
            }
        }
    }
}
