namespace Espalier;

/// <summary>Where a training run stands, reported after every epoch.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Epoch">Epochs of the stage that are done.</param>
/// <param name="Epochs">Epochs of the stage.</param>
/// <param name="Loss">The mean loss of the epoch.</param>
/// <param name="ValidationAccuracy">0 to 1.</param>
/// <param name="Fraction">How much of the whole run is done, 0 to 1; never falls.</param>
public sealed record TrainingProgress(TrainingStage Stage, int Epoch, int Epochs, double Loss, double ValidationAccuracy, double Fraction)
{
    /// <summary>Seconds that the epoch took, without measuring the validation accuracy; 0 where there was none.</summary>
    public double Seconds { get; init; }

    /// <summary>"ΔW = 0": the share, 0 to 1, of the epoch's weight updates below half a step, which rounding to nearest loses; null where all weights have a full-precision copy.</summary>
    public double? Underflow { get; init; }

    /// <summary>The factor on the loss after the epoch.</summary>
    public double LossScaling { get; init; } = 1;

    /// <summary>Steps of the run so far that dynamic loss scaling left out because gradients had overflowed.</summary>
    public long SkippedSteps { get; init; }
}
