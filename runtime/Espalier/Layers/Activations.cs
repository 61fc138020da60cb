using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Activations on floats, the same bits everywhere; generated code calls these where a float leaves a layer.</summary>
public static class Activations
{
    /// <summary>Applies an activation in place.</summary>
    public static void Apply(Activation activation, Span<float> values)
    {
        switch (activation)
        {
            case Activation.Relu:
                foreach (ref var value in values)
                {
                    // Written so that NaN becomes 0, as the vector forms do.
                    value = value > 0 ? value : 0;
                }

                break;
            case Activation.Sigmoid:
                foreach (ref var value in values)
                {
                    value = DeterministicMath.Sigmoid(value);
                }

                break;
            case Activation.Tanh:
                foreach (ref var value in values)
                {
                    value = DeterministicMath.Tanh(value);
                }

                break;
            case Activation.Softmax:
                DeterministicMath.Softmax(values);
                break;
        }
    }
}
