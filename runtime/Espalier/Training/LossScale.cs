using System;

namespace Espalier;

/// <summary>
/// The factor on the loss that keeps small gradients of 16-bit floats representable. Where it is dynamic (Micikevicius et al., 2018), a step whose gradients are not
/// finite is left out and halves the factor, and a row of good steps doubles it.
/// </summary>
internal sealed class LossScale(float start, bool isDynamic, int growthInterval)
{
    /// <summary>Above this, fp32 itself would overflow before long; below its inverse no factor helps.</summary>
    private const float Largest = 1 << 24;

    private float _value = start;
    private int _goodSteps;
    private long _skipped;

    /// <summary>The factor of the next step.</summary>
    public float Value => _value;

    /// <summary>Steps that were left out.</summary>
    public long Skipped => _skipped;

    /// <summary>Whether the step is to be made; changes the factor for the next.</summary>
    /// <param name="network">With the step's gradients.</param>
    /// <exception cref="ArithmeticException">Gradients are not finite even without scaling.</exception>
    public bool Accepts(NetworkTraining network)
    {
        if (!isDynamic)
        {
            return true;
        }

        if (!network.GradientsAreFinite)
        {
            (_value, _goodSteps, _skipped) = (_value / 2, 0, _skipped + 1);
            return _value >= 1 / Largest
                ? false
                : throw new ArithmeticException($"{network.Model.Name}: gradients are not finite however small the loss is scaled ({_value}). Activations or weights have overflowed; try a tenth of the step size.");
        }

        if (++_goodSteps >= growthInterval && _value < Largest)
        {
            (_value, _goodSteps) = (_value * 2, 0);
        }

        return true;
    }

    public void Visit(StateStream state)
    {
        state.Number(ref _value);
        state.Number(ref _goodSteps);
        state.Number(ref _skipped);
    }
}
