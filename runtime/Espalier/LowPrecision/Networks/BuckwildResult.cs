using System.Collections.Generic;

namespace Espalier;

/// <summary>What asynchronous training came to.</summary>
public sealed class BuckwildResult
{
    /// <summary>The weights, decoded to fp32.</summary>
    public required ModelWeights Weights { get; init; }

    /// <summary>The accuracy on the validation samples, 0 to 1; 0 without any.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>Every epoch.</summary>
    public required IReadOnlyList<BuckwildEpoch> Epochs { get; init; }
}

/// <summary>An epoch of asynchronous training.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Loss">The mean loss of the epoch.</param>
/// <param name="ValidationAccuracy">0 to 1.</param>
/// <param name="Seconds">Wall-clock time, without validation.</param>
/// <param name="NumbersPerSecond">Numbers of the dataset that were learned from in a second, of all threads together.</param>
public sealed record BuckwildEpoch(int Epoch, int Epochs, double Loss, double ValidationAccuracy, double Seconds, double NumbersPerSecond);
