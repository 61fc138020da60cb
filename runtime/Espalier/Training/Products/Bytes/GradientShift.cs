namespace Espalier;

/// <summary>
/// The power of two that gradients are divided by, one step behind them: one pass rounds a batch by what the last batch needed, where
/// its own largest number would take two. Codes that reached the end of a byte ask for a larger step, codes that all fit half of it for a smaller one.
/// </summary>
internal sealed class GradientShift
{
    private const int Half = 64;

    public GradientShift(int start = 8) => Value = start;

    /// <summary>From 1 to 24.</summary>
    public int Value { get; private set; }

    /// <param name="largest">The largest magnitude of a code of the last batch, 0 to 128.</param>
    public void Follow(int largest)
    {
        if (largest >= sbyte.MaxValue && Value < 24)
        {
            Value++;
        }
        else if (largest < Half && Value > 1)
        {
            Value--;
        }
    }
}
